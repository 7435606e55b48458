"""Pages that the law asks for: privacy notice, imprint, accessibility statement."""
