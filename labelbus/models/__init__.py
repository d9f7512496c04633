"""What the API takes and answers. Fields of a newer server that this client does not know are ignored."""
