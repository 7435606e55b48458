"""Notices: one class a kind; its fields are what the template shows."""
