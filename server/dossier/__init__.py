"""Where documents and signing meet: the final document, assembled and checked."""
