"""Data sets: which objects projects are made of, in versions that never change."""
