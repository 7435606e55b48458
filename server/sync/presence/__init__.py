"""Who is here, and what they show of themselves."""
