"""How a declaration stands, and what is missing for the next phase."""
