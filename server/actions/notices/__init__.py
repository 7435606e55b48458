"""Delivery of mail."""
