"""Proposals that are prepared unseen, and the batches that they become when they are shared."""
