"""Ingest against real buckets."""
