"""Pictures, texts and stored values of items."""
