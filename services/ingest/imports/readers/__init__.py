"""Readers of files with labels: each puts what it finds into a spool, in whatever order the file has it."""
