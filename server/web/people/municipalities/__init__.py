"""A municipality in a declaration: its people, mandates and answers."""
