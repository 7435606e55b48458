"""Published declarations for other programs: JSON, for reading, from everywhere."""
