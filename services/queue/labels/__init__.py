"""What people say of items."""
