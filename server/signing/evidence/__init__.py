"""What makes a sign-off provable, and the check of it."""
