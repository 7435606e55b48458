"""Every route and every message, for everybody, in every phase, here and elsewhere."""
