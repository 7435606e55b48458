"""Comments on passages of a text."""
