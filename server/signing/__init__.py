"""Passkeys, evidence, the seal, and the check of all three."""
