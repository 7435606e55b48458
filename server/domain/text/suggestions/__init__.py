"""Suggestions in the text: what was decided about them."""
