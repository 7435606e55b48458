"""What runs at the start and by itself."""
