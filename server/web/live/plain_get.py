"""Reads a request that is nothing but a plain GET. Whatever is odd about one is left to the real parser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST: Final = 8 * 1024
MAX_LINES: Final = 64
_END: Final = b"\r\n\r\n"
_ODD: Final = tuple(
    b"\r\n" + name
    for name in (b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"range", b" ", b"\t")
)
"""With a body, or another meaning than a plain one; and lines that go on in the next."""


@dataclass(frozen=True, slots=True)
class PlainGet:
    """`known`: the value of If-None-Match; `closes`: the connection ends with the answer."""

    target: bytes
    packed: bool
    known: bytes
    closes: bool


def read_plain_get(data: bytes) -> PlainGet | None:
    """Of exactly one whole request, and all that has come; else None."""
    if data[:5] != b"GET /" or data.find(_END) != len(data) - len(_END) or len(data) > LONGEST:
        return None
    end = data.find(b" HTTP/1.1\r\n", 5)
    lines = data.count(b"\r\n")
    if end < 0 or lines > MAX_LINES or data.count(b"\n") != lines or data.count(b"\r") != lines:
        return None
    lower = data.lower()
    if lower.count(b"\r\nhost:") != 1 or any(name in lower for name in _ODD):
        return None
    connection, coding = _value(lower, b"\r\nconnection:"), _value(lower, b"\r\naccept-encoding:")
    if connection not in (b"", b"keep-alive", b"close") or b"=" in coding:
        return None
    return PlainGet(
        data[4:end], b"gzip" in coding, _value(lower, b"\r\nif-none-match:"), connection == b"close"
    )


def _value(lower: bytes, name: bytes) -> bytes:
    at = lower.find(name)
    if at < 0:
        return b""
    begin = at + len(name)
    return lower[begin : lower.index(b"\r\n", begin)].strip()
