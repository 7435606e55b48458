"""Texts that come in as files, and go out as some."""
