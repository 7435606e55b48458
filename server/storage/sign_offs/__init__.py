"""Challenges, answers, signed copies."""
