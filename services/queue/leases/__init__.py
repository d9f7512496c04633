"""Who works on which items now."""
