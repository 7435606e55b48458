"""Acts that make, hand out and renew the final document."""
