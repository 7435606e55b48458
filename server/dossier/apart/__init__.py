"""Checks of strangers' files in child processes with limits."""
