"""Acts on a declaration as a whole."""
