"""People without an account say something about one section, for some hours."""
