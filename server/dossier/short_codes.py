"""The code by which a printed document is looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for a digit."""


def short_code(seed: bytes, statements: Iterable[bytes]) -> str:
    """Sixty bits over what is stated and the statements about it, in three groups of four."""
    over = hashlib.sha256(seed)
    for statement in statements:
        over.update(hashlib.sha256(statement).digest())
    number = int.from_bytes(over.digest(), "big") >> 196
    code = "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))
    return "-".join(code[i : i + 4] for i in range(0, 12, 4))
