"""Reads a request that is nothing but a plain GET. Whatever is odd about one is left to the real parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 8 * 1024
_PLAIN: Final = re.compile(
    rb"GET (/[A-Za-z0-9._~/-]*) HTTP/1\.1\r\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n){1,64})\r\n"
)
"""RFC 9112 sections 3 and 5 at their strictest: no query, no escapes, no line that goes on in the next."""
_ODD: Final = frozenset(
    (b"content-length", b"expect", b"range", b"te", b"trailer", b"transfer-encoding", b"upgrade")
)
"""A body follows, or something else than the whole answer is wanted."""
_STAYS: Final = (None, b"keep-alive")


@dataclass(frozen=True, slots=True)
class PlainGet:
    """`accepted` and `known`: the values of Accept-Encoding and If-None-Match; `closes`: the connection ends
    with the answer."""

    target: bytes
    accepted: str
    known: bytes
    closes: bool


def read_plain_get(data: bytes) -> PlainGet | None:
    """Of exactly one whole request, and all that has come; else None."""
    found = _PLAIN.fullmatch(data) if len(data) <= LONGEST else None
    if found is None:
        return None
    target, lines = found.groups()
    named = [line.partition(b":") for line in lines[:-2].split(b"\r\n")]
    fields = {name.lower(): value.strip() for name, _, value in named}
    if len(fields) != len(named) or b"host" not in fields or not _ODD.isdisjoint(fields):
        return None
    connection = fields[b"connection"].lower() if b"connection" in fields else None
    if connection != b"close" and connection not in _STAYS:
        return None
    accepted = fields.get(b"accept-encoding", b"").decode("latin-1")
    return PlainGet(target, accepted, fields.get(b"if-none-match", b""), connection == b"close")
