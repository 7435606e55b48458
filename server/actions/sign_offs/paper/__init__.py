"""An answer on paper: recorded by one person, confirmed by another."""
