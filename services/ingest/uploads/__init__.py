"""Uploads of files into a bucket."""
