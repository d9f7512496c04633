"""What queue knows of projects, and how it forgets them."""
