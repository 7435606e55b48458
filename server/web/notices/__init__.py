"""What people are told, and what they want to be told."""
