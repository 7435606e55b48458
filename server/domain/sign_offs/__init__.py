"""Answers, what counts of them, and what proves them."""
