"""Translations of the text: their list, their editor, what is fixed of them."""
