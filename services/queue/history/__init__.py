"""What happened to the label of each item."""
