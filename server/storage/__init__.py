"""What is kept: tables, sessions, and one module of functions a noun. Returns domain facts, not rows."""
