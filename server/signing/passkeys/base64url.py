"""Base64url without padding (RFC 4648 section 5), read strictly: one text for each sequence of bytes."""

from __future__ import annotations

import base64
import binascii


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: object) -> bytes:
    """Raises ValueError for anything that `encode` would not have written."""
    if not isinstance(text, str):
        raise ValueError("base64url text is missing")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("malformed base64url text") from error
    if encode(data) != text:
        raise ValueError("malformed base64url text")
    return data
