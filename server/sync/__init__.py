"""The live text: wire, checks, rooms, projection. Knows nothing of HTTP or of tables."""
