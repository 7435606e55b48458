"""Telling other systems that something changed."""
