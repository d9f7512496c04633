"""People who may sign in, and the one-time links that let them in first."""
