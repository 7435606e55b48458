"""Private drafts, and the batches of proposals that they become."""
