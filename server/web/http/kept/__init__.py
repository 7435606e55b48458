"""What is kept in memory for the next who asks."""
