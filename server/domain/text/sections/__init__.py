"""How far each section of a text is, and who looks after it."""
