"""Preparing proposals unseen, sharing them, putting a batch off."""
