"""Canonical JSON (RFC 8785) for values made of objects, arrays, strings, integers, booleans and null.

Numbers with a fraction are refused: their text form is where canonical JSON goes wrong, and nothing
that is signed here needs one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

_TAKES = "canonical JSON takes objects, arrays, strings, integers, booleans and null"
MAX_INTEGER = 2**53 - 1  # RFC 8785 section 3.2.2.3: integers beyond are not interoperable


def canonical_bytes(value: object) -> bytes:
    """UTF-8 bytes of the canonical form. Raises TypeError or ValueError for what has none."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


def _ordered(value: object) -> object:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError("integer beyond 2**53 - 1")
        return value
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_ordered(item) for item in value]
    raise TypeError(f"{_TAKES}, not {type(value).__name__}")


def _utf16(key: object) -> bytes:
    """RFC 8785 section 3.2.3 sorts keys by their UTF-16 code units."""
    if not isinstance(key, str):
        raise TypeError("keys are strings")
    return key.encode("utf-16-be", "surrogatepass")
