"""Asking people in: the table that is looked through, the import, the mail, the answer."""
