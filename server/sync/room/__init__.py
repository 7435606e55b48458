"""One room and its connections."""
