"""Exports by a real process from a real store."""
