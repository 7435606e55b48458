"""The service's seal: key, PAdES signature, look, and what it proves."""
