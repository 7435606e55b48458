"""What a file brings into a live text."""
