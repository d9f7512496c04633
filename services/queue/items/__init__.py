"""Items as scans find them."""
