"""The check of a final document: seal, text and every sign-off, offline and without our database."""

from __future__ import annotations
