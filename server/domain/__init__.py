"""The rules of the house. Standard library only; time and ids come in as arguments."""
