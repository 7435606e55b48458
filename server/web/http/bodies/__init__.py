"""Request bodies: bounded, parsed, and what they may cost."""
