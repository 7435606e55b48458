"""The first revision of a sealed file, which the renderer makes: where it ends, and that its table names each
object once. `client/src/verify/seal/first-revision.ts` follows the same rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from server.signing.seal.check.plain_writing import MemberTwice, NotPlain, read_value

TABLE: Final = re.compile(rb"xref(?:\r\n|\n|\r)")
SUBSECTION: Final = re.compile(rb"([0-9]{1,8}) ([0-9]{1,6})(?: ?\r\n| ?\n| ?\r)")
TRAILER: Final = re.compile(rb"trailer(?=[\t\n\r <])")
ENDS: Final = re.compile(rb"startxref(?:\r\n|\n|\r)([0-9]{1,10})(?:\r\n|\n|\r)%%EOF(?:\r\n|\n|\r|\Z)")
"""Begins with no space, of which there may be much: looking for it takes time in proportion."""
_ANY_HEAD: Final = re.compile(rb"[0-9]{1,8} 0 obj(?=[\t\n\r <])")
_LINE: Final = 20
"""Bytes of a row in a table that is written as lines."""
_MAX_ENDS: Final = 1_000
_MAX_TRAILER: Final = 4_096
_TAIL: Final = 1_024


def first_revision(pdf: bytes) -> tuple[int, int, int]:
    """Where it ends, how many objects it counts, and where its table lies: the first end in the file that
    names a table before it which leads no further back."""
    for end in islice(ENDS.finditer(pdf), _MAX_ENDS):
        table = int(end[1])
        trailer = _first_trailer(pdf, table, end.start()) if table < end.start() else {}
        size = trailer.get(b"/Size")
        if isinstance(size, int) and b"/Prev" not in trailer:
            return end.end(), size, table
    raise NotPlain("no revision ends at its table")


def _first_trailer(pdf: bytes, table: int, end: int) -> Mapping[bytes, Any]:
    """Of a table in either form; nothing where there is none."""
    head = _ANY_HEAD.match(pdf, table)
    near = max(table, end - _MAX_TRAILER)
    word = pdf.find(b"trailer", near, end) if pdf.startswith(b"xref", table) else -1
    start = head.end() if head else word + len(b"trailer")
    if head is None and word < 0:
        return {}
    try:
        trailer, _ = read_value(pdf[start : start + _MAX_TRAILER], 0)
    except NotPlain:
        return {}
    return trailer if isinstance(trailer, dict) else {}


def ensure_one_trailer(pdf: bytes) -> None:
    """The newest one says everything once, and names no second table for some readers only. Raises
    NotPlain; a trailer that cannot be found is another matter."""
    ends = list(ENDS.finditer(pdf, max(0, len(pdf) - _TAIL)))
    table = int(ends[-1][1]) if ends else len(pdf)
    head, word = _ANY_HEAD.match(pdf, table), pdf.find(b"trailer", table)
    start = head.end() if head else word + len(b"trailer")
    if head is None and word < 0:
        return
    try:
        trailer, _ = read_value(pdf[start : start + _MAX_TRAILER], 0)
    except MemberTwice:
        raise
    except NotPlain:
        return
    if isinstance(trailer, dict) and b"/XRefStm" in trailer:
        raise NotPlain("two tables of objects in one")


def ensure_named_once(pdf: bytes, table: int) -> None:
    """In the first table: of two rows for one object some readers take the former, some the latter."""
    ranges = _named_by_stream(pdf, table) if _ANY_HEAD.match(pdf, table) else _named_by_lines(pdf, table)
    behind = 0
    for first, count in sorted(ranges):
        if first < behind:
            raise NotPlain("the first table names an object twice")
        behind = first + count


def _named_by_stream(pdf: bytes, table: int) -> list[tuple[int, int]]:
    """First number and count of each part."""
    head = _ANY_HEAD.match(pdf, table)
    trailer, _ = read_value(pdf[head.end() : head.end() + _MAX_TRAILER] if head else b"", 0)
    if b"/Index" not in trailer:
        return []
    index = whole_numbers(trailer, b"/Index")
    return list(zip(index[::2], index[1::2], strict=False))


def _named_by_lines(pdf: bytes, table: int) -> list[tuple[int, int]]:
    begin = TABLE.match(pdf, table)
    at, found = begin.end() if begin else table, list[tuple[int, int]]()
    while part := SUBSECTION.match(pdf, at):
        found.append((int(part[1]), int(part[2])))
        at = part.end() + _LINE * int(part[2])
    if TRAILER.match(pdf, at) is None:
        raise NotPlain("the first table is written in an unusual way")
    return found


def whole_numbers(trailer: Mapping[bytes, Any], key: bytes) -> list[int]:
    value = trailer.get(key)
    if not isinstance(value, list) or not all(isinstance(item, int) and item >= 0 for item in value):
        raise NotPlain("numbers are missing")
    return value
