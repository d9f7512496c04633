"""Hints to browsers that something changed."""
