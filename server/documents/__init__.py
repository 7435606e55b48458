"""The final document: typography, structure, attachments, reading back."""
