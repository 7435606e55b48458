"""Versions of the pages that the law asks for."""
