"""The database itself: opening, transactions, threads."""
