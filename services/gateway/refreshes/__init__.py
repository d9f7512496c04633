"""Refreshes: requests, views of their state, status messages."""
