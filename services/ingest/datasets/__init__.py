"""Data sets: which objects of which data store, in versions that never change, counted in the background."""
