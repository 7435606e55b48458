"""The text: blocks, numbering, comparison, the log's values."""
