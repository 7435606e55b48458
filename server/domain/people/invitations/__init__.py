"""Asking people in: invitations, and the rows of a table that they are made from."""
