"""Exports: requests, views of their state, downloads."""
