"""What an update may contain: asked before it is applied."""
