"""A real browser against a real system."""
