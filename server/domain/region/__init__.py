"""Where a region stands: its places as tiles, and how the answers came in."""
