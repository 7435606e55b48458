"""Remarks on passages of the text."""
