"""For machines that watch."""
