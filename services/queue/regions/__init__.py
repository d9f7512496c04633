"""Marked parts of items: whether they may be, and where they are kept."""
