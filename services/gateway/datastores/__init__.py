"""Data stores: registered, changed, tested and browsed by owners. Their keys are passed on to ingest and not kept."""
