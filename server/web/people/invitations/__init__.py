"""Asking people in: the table, the mail as it will arrive, the invitation's own page."""
