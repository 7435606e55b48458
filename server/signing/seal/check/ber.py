"""Encoded values as bytes: whether they are written as a signer writes them (ITU-T X.690).

A signature does not cover all of its own envelope. Reading the envelope and writing it again would show a
changed byte, but sorts what an authority wrote in another order, and costs fourfold for each level of depth.
So the bytes are read once: every length is definite and as short as it can be, and
every element fills its parent exactly, simple values have their one form. The order of a SET is free, as in
BER. `client/src/verify/signature/well-formed.ts` follows the same rules.
"""

from __future__ import annotations

from typing import Final

MAX_DEPTH: Final = 32
MAX_ELEMENTS: Final = 100_000
_BOOLEAN, _INTEGER, _BIT_STRING, _NULL, _OID, _ENUMERATED = 0x01, 0x02, 0x03, 0x05, 0x06, 0x0A


class BadEncoding(ValueError):
    """The bytes are no value in this form."""


def value_length(data: bytes) -> int:
    """Of the first element with its header. Raises BadEncoding."""
    start, length = _header(data, 0, len(data))
    return start + length


def ensure_well_formed(data: bytes) -> None:
    """`data` is one element, and everything in it is written in its one form. Linear in its length.

    Raises BadEncoding.
    """
    if not data:
        raise BadEncoding("nothing at all")
    waiting = [(0, len(data), 0)]
    count = 0
    while waiting:
        at, end, depth = waiting.pop()
        while at < end:
            count += 1
            if count > MAX_ELEMENTS:
                raise BadEncoding("too many elements")
            start, length = _header(data, at, end)
            if data[at] & 0x20:
                if depth == MAX_DEPTH:
                    raise BadEncoding("nested too deeply")
                waiting.append((start, start + length, depth + 1))
            elif not data[at] & 0xC0:
                _ensure_simple(data[at] & 0x1F, data, start, length)
            at = start + length
            if depth == 0 and at != end:
                raise BadEncoding("more than one element")


def _header(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the contents begin, and their length."""
    if at + 2 > end:
        raise BadEncoding("cut short")
    if data[at] == 0:
        raise BadEncoding("an end of contents, or padding that a length takes in")
    if data[at] & 0x1F == 0x1F:
        raise BadEncoding("a tag of several bytes")
    first = data[at + 1]
    start, length = at + 2, first
    if first & 0x80:
        size = first & 0x7F
        if not 1 <= size <= 4 or start + size > end:
            raise BadEncoding("a length in an unusual form")
        length = int.from_bytes(data[start : start + size], "big")
        if length < 0x80 or data[start] == 0:
            raise BadEncoding("a length longer than it needs to be")
        start += size
    if start + length > end:
        raise BadEncoding("an element longer than its parent")
    return start, length


def _ensure_simple(tag: int, data: bytes, start: int, length: int) -> None:
    if tag == _BOOLEAN and (length != 1 or data[start] not in (0x00, 0xFF)):
        raise BadEncoding("a truth value in an unusual form")
    if tag in (_INTEGER, _ENUMERATED) and not _is_shortest_integer(data, start, length):
        raise BadEncoding("a number longer than it needs to be")
    if tag == _NULL and length:
        raise BadEncoding("nothing with contents")
    if tag == _BIT_STRING and not _is_padded_with_zeros(data, start, length):
        raise BadEncoding("bits beyond the last one")
    if tag == _OID and not _is_identifier(data[start : start + length]):
        raise BadEncoding("an identifier in an unusual form")


def _is_shortest_integer(data: bytes, start: int, length: int) -> bool:
    if length < 2:
        return length == 1
    return (data[start], data[start + 1] & 0x80) not in ((0x00, 0x00), (0xFF, 0x80))


def _is_padded_with_zeros(data: bytes, start: int, length: int) -> bool:
    if not length or data[start] > 7 or (length == 1 and data[start]):
        return False
    return not data[start + length - 1] & ((1 << data[start]) - 1) or length == 1


def _is_identifier(value: bytes) -> bool:
    """Ends with the last byte of a part, and no part begins with a byte that adds nothing."""
    if not value or value[-1] & 0x80:
        return False
    return all(byte != 0x80 or value[i - 1] & 0x80 for i, byte in enumerate(value) if i) and value[0] != 0x80
