"""What a declaration's coordination lays down: its address, its times, its quorum, its settings."""
