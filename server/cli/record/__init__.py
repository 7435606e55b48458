"""The log, and erasure."""
