"""Markdown (CommonMark 0.31), as far as a text of ours has a place for it."""
