"""The settings of a declaration: read far more often than changed, one section at a time."""
