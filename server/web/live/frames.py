"""WebSocket frames, as far as the fast path of `protocol` needs them.

Source: RFC 6455, section 5.2.
"""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

WHOLE_BINARY: Final = 0x82
"""First byte of a binary message in a single frame, without extensions."""
EMPTY_PING: Final = b"\x89\x00"
MASK_SIZE: Final = 4
_MASKED: Final = 0x80


def encode_frame(message: bytes) -> bytes:
    """A binary message in one frame, as a server sends it: without a mask."""
    size = len(message)
    if size < 126:
        return bytes((WHOLE_BINARY, size)) + message
    if size < 65_536:
        return struct.pack("!BBH", WHOLE_BINARY, 126, size) + message
    return struct.pack("!BBQ", WHOLE_BINARY, 127, size) + message


def is_one_short_frame(data: bytes) -> bool:
    """A client's whole binary message with a length in one byte: its mask stands at 2, its payload at 6."""
    return len(data) > 6 and data[0] == WHOLE_BINARY and data[1] == len(data) - 6 + _MASKED < _MASKED + 126


def is_empty_pong(data: bytes) -> bool:
    """A browser's answer to `EMPTY_PING`."""
    return len(data) == 6 and data[:2] == b"\x8a\x80"


class FrameHead(NamedTuple):
    """Where a client's frame has its payload and its end in the bytes at hand; the mask stands before it."""

    payload: int
    end: int
    is_whole_binary: bool


def read_head(data: bytes, start: int) -> FrameHead | None:
    """None: the head is not complete yet."""
    left = len(data) - start
    if left < 2:
        return None
    masked, size, head = data[start + 1] & _MASKED, data[start + 1] & 127, 2
    if size > 125:
        head = 4 if size == 126 else 10
        if left < head:
            return None
        size = int.from_bytes(data[start + 2 : start + head], "big")
    payload = start + head + (MASK_SIZE if masked else 0)
    return FrameHead(payload, payload + size, bool(masked) and data[start] == WHOLE_BINARY)
