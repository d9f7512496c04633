"""What formats have in common."""
