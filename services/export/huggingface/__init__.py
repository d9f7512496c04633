"""The layout that the library `datasets` of Hugging Face loads."""
