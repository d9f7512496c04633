"""Projects as aggregates with a version."""
