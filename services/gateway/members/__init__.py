"""Who has which role where, and what a role may do."""
