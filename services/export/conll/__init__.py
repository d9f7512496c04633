"""CoNLL: tokens and their tags."""
