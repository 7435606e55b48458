"""Acts on the text."""
