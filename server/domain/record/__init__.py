"""What is kept, what is public about it, and for how long."""
