"""Pictures for other sites and for newsrooms, drawn with Pillow: a card for links, the map."""
