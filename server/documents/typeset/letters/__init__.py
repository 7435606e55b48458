"""Fonts and what is written with them."""
