"""Municipalities, persons, mandates."""
