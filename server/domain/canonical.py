"""Canonical JSON (RFC 8785) for values made of objects, arrays, strings, integers, booleans and null.

Numbers with a fraction are refused: their text form is where canonical JSON goes wrong, and nothing
that is signed here needs one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

_TAKES = "canonical JSON takes objects, arrays, strings, integers, booleans and null"
MAX_INTEGER = 2**53 - 1  # RFC 8785 section 3.2.2.3: integers beyond are not interoperable
DEEPEST: Final = 200
"""Levels of objects and arrays within each other. Readers give up at depths of their own; this is the same
for all."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def canonical_bytes(value: object) -> bytes:
    """UTF-8 bytes of the canonical form. Raises TypeError or ValueError for what has none."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def parse_canonical(data: bytes) -> object:
    """The value whose canonical form these bytes are. Raises ValueError for anything else."""
    try:
        value: object = json.loads(data)
        is_canonical = canonical_bytes(value) == data
    except (TypeError, RecursionError) as error:
        raise ValueError("not in canonical form") from error
    if not is_canonical:
        raise ValueError("not in canonical form")
    return value


def digest(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


def is_digest(value: object) -> bool:
    """Written as `digest` writes it. That it is one of anything is not said."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def text_of(value: object) -> str:
    """The value, where it is a text. Raises ValueError, as the next two do."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def number_of(value: object) -> int:
    """The value, where it is an integer. A boolean is one in Python, but none in JSON."""
    if type(value) is not int:
        raise ValueError("not an integer")
    return value


def digest_of(value: object) -> str:
    """The value, where it is written as a digest."""
    if not is_digest(value):
        raise ValueError("not a digest")
    return text_of(value)


def _ordered(value: object, depth: int = 0) -> object:
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError("integer beyond 2**53 - 1")
        return value
    if isinstance(value, Mapping):
        return {key: _ordered(value[key], depth + 1) for key in sorted(value, key=_utf16)}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_ordered(item, depth + 1) for item in value]
    raise TypeError(f"{_TAKES}, not {type(value).__name__}")


def _utf16(key: object) -> bytes:
    """RFC 8785 section 3.2.3 sorts keys by their UTF-16 code units."""
    if not isinstance(key, str):
        raise TypeError("keys are strings")
    return key.encode("utf-16-be", "surrogatepass")
