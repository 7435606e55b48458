"""Declarations, who takes part, and access to them."""
