"""What people are told, how soon, and when mornings are."""
