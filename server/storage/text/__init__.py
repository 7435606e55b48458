"""The update log of the live texts, and fixed revisions."""
