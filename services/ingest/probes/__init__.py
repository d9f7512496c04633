"""What a file is, read from its first bytes. Must never decode a picture."""
