"""Labeled items with all that a format needs of them."""
