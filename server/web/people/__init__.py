"""Signing in, and passkeys."""
