"""What is kept: proving the log, one's own data, erasure, retention."""
