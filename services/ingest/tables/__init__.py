"""Tables and manifests: files whose rows are items, read as streams. Never holds more of one than a chunk."""
