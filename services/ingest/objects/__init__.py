"""The objects of data sources as ingest knows them: one document an item."""
