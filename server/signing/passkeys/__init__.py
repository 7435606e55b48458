"""Passkeys: the ceremonies of WebAuthn, and their answers checked offline."""
