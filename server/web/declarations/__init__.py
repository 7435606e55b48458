"""Pages about a declaration as a whole."""
