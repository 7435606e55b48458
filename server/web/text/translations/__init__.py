"""Translations of the text: their list, editor and fixing, and which text a page is about."""
