"""Is a file the same as another, but for how its streams are packed?

`documents/reading/same_file.py` compares what a reader finds in two files by number. A file can hold more:
objects that no table names, or one twice in a pack, and readers differ in what they make of that. So the
bytes are walked through side by side: the same objects in the same order, each written alike, and nothing
between them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from server.documents.reading.safe_streams import MAX_STREAM

_HEAD: Final = re.compile(rb"%PDF-1\.\d\n%[\x80-\xff]{4}\n")
_OBJECT: Final = re.compile(rb"([1-9]\d{0,6}) 0 obj\n(<< [^\r\n]* >>)\nstream\n")
_LENGTH: Final = re.compile(rb"/Length (\d{1,9})(?= )")
_BEHIND: Final = re.compile(rb"\n?endstream\nendobj\n\n?")
_END: Final = re.compile(rb"startxref\n(\d{1,9})\n%%EOF\n")
_PACKING: Final = re.compile(
    rb" (?:/Length \d+|/Filter /FlateDecode|/Columns \d+|/W \[ ?[\d ]+\]|/ID \[(?:<[0-9a-f]*>){2}\])(?= )"
)
"""What depends on sizes, and the digest of the file's own bytes."""
_WIDTHS: Final = re.compile(rb"/W \[ ?1 ([1-8]) ([1-8]) ?\]")


class _Stream(NamedTuple):
    number: int
    said: bytes
    data: bytes
    place: int

    @property
    def is_table(self) -> bool:
        return b"/Type /XRef " in self.said


def is_repacked(wanted: bytes, given: bytes) -> bool:
    """`wanted`: a file as our renderer makes it; `given` begins with what should be the same, and may be a
    stranger's. Never raises for what is in `given`."""
    try:
        ours, theirs = list(_streams(wanted)), list(_streams(given))
        return len(ours) == len(theirs) and all(map(_is_same, ours, theirs)) and _is_table_right(ours, theirs)
    except (ValueError, zlib.error):
        return False


def _streams(pdf: bytes) -> Iterator[_Stream]:
    """Up to the first table and the end behind it. Raises ValueError where anything else stands."""
    head = _HEAD.match(pdf)
    at = head.end() if head else -1
    while at >= 0:
        found = _OBJECT.match(pdf, at)
        length = _LENGTH.search(found[2]) if found else None
        if found is None or length is None:
            raise ValueError("something else than a stream")
        stop = found.end() + int(length[1])
        behind = _BEHIND.match(pdf, stop)
        if behind is None:
            raise ValueError("a stream of another length")
        stream = _Stream(int(found[1]), found[2], pdf[found.end() : stop], at)
        yield stream
        at = behind.end()
        if stream.is_table:
            end = _END.match(pdf, at)
            if end is None or int(end[1]) != stream.place:
                raise ValueError("another end")
            return
    raise ValueError("another head")


def _is_same(one: _Stream, other: _Stream) -> bool:
    if one.number != other.number or _PACKING.sub(b"", one.said) != _PACKING.sub(b"", other.said):
        return False
    return one.is_table or one.data == other.data or _unpack(one) == _unpack(other)


def _unpack(stream: _Stream) -> bytes:
    if b"/Filter /FlateDecode " not in stream.said or not stream.data:
        return stream.data
    machine = zlib.decompressobj()
    data = machine.decompress(stream.data, MAX_STREAM)
    if not machine.eof or machine.unused_data:
        raise ValueError("a stream that is damaged, too large, or followed by something")
    return data


def _is_table_right(ours: list[_Stream], theirs: list[_Stream]) -> bool:
    """The same rows, but that each place is where the object is."""
    places = {stream.number: stream.place for stream in theirs}
    for number, (wanted, given) in enumerate(zip(_rows(ours[-1]), _rows(theirs[-1]), strict=True)):
        kind, one, two = given
        if wanted != ((kind, wanted[1], two) if kind == 1 else given):
            return False
        if kind == 1 and places.get(number) != one:
            return False
    return True


def _rows(table: _Stream) -> list[tuple[int, int, int]]:
    widths = _WIDTHS.search(table.said)
    if widths is None or b"/Index" in table.said:
        raise ValueError("a table of another form")
    one, two = int(widths[1]), int(widths[2])
    width, data = 1 + one + two, _unpack(table)
    if len(data) % (width + 1) or b"/Columns %d /Predictor 12 " % width not in table.said:
        raise ValueError("a table of another form")
    rows, above = [], bytes(width)
    for start in range(0, len(data), width + 1):
        if data[start] != 2:
            raise ValueError("a table of another form")
        above = bytes((a + b) % 256 for a, b in zip(above, data[start + 1 : start + 1 + width], strict=True))
        rows.append(
            (above[0], int.from_bytes(above[1 : 1 + one], "big"), int.from_bytes(above[1 + one :], "big"))
        )
    return rows
