"""Imports of labels: a file is read, compared with the items and told of. Nothing here writes to an item."""
