"""Translations of a declaration's text: in which languages, and what of one still holds."""
