"""What people are told, on its way."""
