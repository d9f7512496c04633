"""Files in object storage, written in parts."""
