"""Addresses that come from outside."""

from __future__ import annotations

import re
from typing import Final

LONGEST_EMAIL: Final = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets
_EMAIL: Final = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+\.[^\s@,;:<>()\[\]\\\".]+")


def safe_path(path: str) -> str:
    """A path on this site, else the start page: a link must not lead elsewhere after signing in."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and path.isprintable() and len(path) <= 500 else "/"


def is_email(text: str) -> bool:
    """An address as people have them, without quotes, comments and line breaks."""
    return len(text) <= LONGEST_EMAIL and text.isprintable() and _EMAIL.fullmatch(text) is not None
