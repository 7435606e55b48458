"""The mayor's pages."""
