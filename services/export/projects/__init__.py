"""What export knows of projects."""
