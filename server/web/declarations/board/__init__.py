"""Where the region stands: the page of who has answered what, its live part, its files."""
