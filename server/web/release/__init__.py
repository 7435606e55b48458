"""The final document, and its verification."""
