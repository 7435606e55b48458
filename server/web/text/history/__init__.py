"""What was fixed and kept of a text: read, compared, named, brought back, and for whom it was written."""
