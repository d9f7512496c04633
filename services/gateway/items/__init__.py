"""Items: lists of them, through queue."""
