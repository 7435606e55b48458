"""Addresses of links as a PDF holds them: 7-bit ASCII (ISO 32000-1, 12.6.4.7)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

_KEPT: Final = "%/:?#[]@!$&'()*+,;=~-._"


def ascii_address(address: str) -> str:
    """RFC 3987, 3.1: other characters become percent-encoded UTF-8. Twice gives the same as once."""
    return quote(address, safe=_KEPT)
