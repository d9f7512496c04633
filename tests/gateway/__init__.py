"""The public API of a real system."""
