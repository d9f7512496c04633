"""Scans: listing a data source into items, and probing them, as leased work that survives any crash."""
