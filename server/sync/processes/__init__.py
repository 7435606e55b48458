"""The other processes that serve the same rooms."""
