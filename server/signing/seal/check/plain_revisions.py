"""Whether seal and time stamps are written so that every reader of PDF finds the same objects in the file.

A reader that stumbles over a table of objects looks for objects by itself, and then finds those that no
table names. So each later revision is objects, one behind the other, then the table that names exactly
these at exactly their places, then the end; no byte lies between. `client/src/verify/seal/plain-revisions.ts`
follows the same rule.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from server.signing.seal.check.first_revision import (
    ENDS,
    SUBSECTION,
    TABLE,
    TRAILER,
    ensure_named_once,
    first_revision,
    whole_numbers,
)
from server.signing.seal.check.plain_writing import (
    SPACE,
    NotPlain,
    PlainObject,
    find_head,
    read_object,
    read_value,
)

_ROW: Final = re.compile(rb"([0-9]{10}) ([0-9]{5}) ([nf])(?: \n| \r|\r\n)")
_END: Final = re.compile(rb"[\t\n\r ]*" + ENDS.pattern)
_TRAILER_MEMBERS: Final = frozenset({b"/Size", b"/Root", b"/Info", b"/ID", b"/Prev"})
_STREAM_MEMBERS: Final = _TRAILER_MEMBERS | {b"/Type", b"/W", b"/Index", b"/Length", b"/Filter"}
_MAX_WIDTH: Final = 8
_MAX_ROWS: Final = 100_000


class _Table(NamedTuple):
    """`start`: its offset; `end`: the one behind it; `places`: offsets of objects by their number."""

    start: int
    end: int
    trailer: Mapping[bytes, Any]
    places: Mapping[int, int]


def ensure_plain(pdf: bytes) -> None:
    """Of the first revision only that its table names each object once. Raises NotPlain."""
    end, size, table = first_revision(pdf)
    ensure_named_once(pdf, table)
    while SPACE.fullmatch(pdf, end) is None:
        end, size, table = _read_revision(pdf, end, size, table)


def _read_revision(pdf: bytes, at: int, size: int, previous: int) -> tuple[int, int, int]:
    """`at`: where it begins; `size` and `previous`: of the revision before. Gives the same for the next."""
    table = _read_to_table(pdf, at)
    size = max(size, *(number + 1 for number in table.places))
    if table.trailer.get(b"/Prev") != previous or table.trailer.get(b"/Size") != size:
        raise NotPlain("a table counts other objects, or leads elsewhere")
    end = _END.match(pdf, table.end)
    if end is None or int(end[1]) != table.start:
        raise NotPlain("a revision does not end at its table")
    return end.end(), size, table.start


def _read_to_table(pdf: bytes, at: int) -> _Table:
    found: dict[int, int] = {}
    while True:
        at = _behind_space(pdf, at)
        head = find_head(pdf, at)
        if head is None:
            return _same_places(found, _read_table(pdf, at))
        read = read_object(pdf, head)
        if read.number in found:
            raise NotPlain("an object stands twice in a revision")
        found[read.number] = at
        if isinstance(read.value, dict) and read.value.get(b"/Type") == b"/XRef":
            return _same_places(found, _read_stream(at, read))
        if isinstance(read.value, dict) and read.value.get(b"/Type") == b"/ObjStm":
            raise NotPlain("objects are packed in a stream")
        if isinstance(read.value, dict) and b"/ByteRange" in read.value:
            _ensure_range(read.value)
        at = read.end


def _ensure_range(signature: Mapping[bytes, Any]) -> None:
    numbers = whole_numbers(signature, b"/ByteRange")
    if len(numbers) != 4 or numbers[0] != 0:
        raise NotPlain("a signature covers something else than the file but for its value")


def _behind_space(pdf: bytes, at: int) -> int:
    found = SPACE.match(pdf, at)
    return found.end() if found else at


def _same_places(found: Mapping[int, int], table: _Table) -> _Table:
    if table.places != found:
        raise NotPlain("the table names other objects than there are")
    return table


def _read_table(pdf: bytes, start: int) -> _Table:
    begin = TABLE.match(pdf, start)
    if begin is None:
        raise NotPlain("something stands between the objects")
    at, places = begin.end(), dict[int, int]()
    while subsection := SUBSECTION.match(pdf, at):
        first, count = int(subsection[1]), int(subsection[2])
        at = subsection.end()
        for number in range(first, first + count):
            row = _ROW.match(pdf, at)
            if row is None:
                raise NotPlain("a line of the table is written in an unusual way")
            _name(places, number, int(row[3] == b"n"), int(row[1]), int(row[2]))
            at = row.end()
    word = TRAILER.match(pdf, at)
    if word is None:
        raise NotPlain("the table has no trailer")
    trailer, end = read_value(pdf, word.end())
    return _Table(start, end, _bounded(trailer, _TRAILER_MEMBERS), places)


def _read_stream(start: int, stream: PlainObject) -> _Table:
    trailer = _bounded(stream.value, _STREAM_MEMBERS)
    widths, index = whole_numbers(trailer, b"/W"), whole_numbers(trailer, b"/Index")
    if not (len(widths) == 3 and max(widths) <= _MAX_WIDTH and widths[0] == 1):
        raise NotPlain("the table has an unusual width")
    if not (len(index) % 2 == 0 and index[::2] == sorted(index[::2])):
        raise NotPlain("the table names its objects in an unusual way")
    numbers = [
        n for first, count in zip(index[::2], index[1::2], strict=True) for n in _numbers(first, count)
    ]
    data, width = _unpack(stream), sum(widths)
    if len(data) != width * len(numbers):
        raise NotPlain("the table is longer or shorter than it says")
    places = dict[int, int]()
    for place, number in enumerate(numbers):
        row = data[place * width : (place + 1) * width]
        one = int.from_bytes(row[1 : 1 + widths[1]], "big")
        _name(places, number, row[0], one, int.from_bytes(row[1 + widths[1] :], "big"))
    return _Table(start, stream.end, trailer, places)


def _numbers(first: int, count: int) -> range:
    if not 0 < count <= _MAX_ROWS:
        raise NotPlain("the table has an unusual length")
    return range(first, first + count)


def _unpack(stream: PlainObject) -> bytes:
    data, packed = stream.data or b"", stream.value.get(b"/Filter")
    if packed is None:
        return data
    machine = zlib.decompressobj()
    try:
        unpacked = machine.decompress(data, _MAX_ROWS * 3 * _MAX_WIDTH)
    except zlib.error as error:
        raise NotPlain("the table is damaged") from error
    if packed != b"/FlateDecode" or not machine.eof or machine.unused_data:
        raise NotPlain("the table is packed in an unusual way")
    return unpacked


def _name(places: dict[int, int], number: int, kind: int, one: int, two: int) -> None:
    """A row. Free may be only the object 0, where the list of free ones begins."""
    if number == 0 and kind == 0:
        return
    if number in places or kind != 1 or two != 0:
        raise NotPlain("the table names an object twice, in a pack, or as none")
    places[number] = one


def _bounded(trailer: Any, members: frozenset[bytes]) -> Mapping[bytes, Any]:
    if not isinstance(trailer, dict) or not set(trailer) <= members:
        raise NotPlain("a trailer holds something else")
    return trailer
