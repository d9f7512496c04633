"""Registered data stores: made, changed, tested, browsed. Their keys go in and never come out."""
