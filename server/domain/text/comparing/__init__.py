"""What two texts share and where they differ: blocks, words, moves, and how to name the places."""
