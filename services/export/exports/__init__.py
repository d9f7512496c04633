"""Exports: requests, their work and what is told of it."""
