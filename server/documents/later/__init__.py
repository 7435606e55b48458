"""Documents that are sealed after the declaration and leave it as it is."""
