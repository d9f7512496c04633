"""The command line against a real system."""
