"""Sealed documents."""
