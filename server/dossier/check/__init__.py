"""The check of a final document, offline and without our database."""
