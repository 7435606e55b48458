"""Writes: one function, one transaction, one audit event; effects after the commit."""
