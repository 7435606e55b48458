"""Addresses that come from outside."""

from __future__ import annotations


def safe_path(path: str) -> str:
    """A path on this site, else the start page: a link must not lead elsewhere after signing in."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and path.isprintable() and len(path) <= 500 else "/"
