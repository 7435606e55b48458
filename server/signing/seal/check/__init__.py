"""What a seal proves: its bytes, its certificates, and what came after it."""
