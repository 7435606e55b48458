"""Municipalities, persons, sessions, passkeys."""
