"""Are two files the same document? Object by object, streams by what they unpack to.

How a stream is packed depends on the library that packs it, so two honest files may differ in their bytes and
say the same. Nothing else may differ: not in a number, a name or a reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from server.documents.reading.safe_streams import MAX_STREAM, Unpacker, open_pdf
from server.domain.release.differences import Difference, DifferenceKind

_OF_THE_FILE: Final = frozenset(
    {"/ID", "/Prev", "/Length", "/Filter", "/DecodeParms", "/W", "/Index", "/Size"}
)
_TABLES: Final = ("/XRef", "/ObjStm")
_MAX_PLACES: Final = 5
_SIGNATURE: Final = frozenset({"/Contents", "/ByteRange"})


def find_differences(wanted: bytes, given: bytes) -> list[Difference]:
    """Where `given` says otherwise than `wanted`: the first five places, pages before other objects; empty
    when nowhere. The values of signatures are not compared. `given` may be a stranger's.

    Raises ValueError for what is no PDF, or for streams that are larger than 32 MiB altogether.
    """
    with open_pdf(wanted) as one, open_pdf(given) as other:
        if _trailer(one) != _trailer(other):
            return [Difference(DifferenceKind.TRAILER)]
        pages = _pages(one)
        found = {
            pages.get(number)
            or Difference(DifferenceKind.OBJECT, str(number[0]), _kind(one.get_object(number)))
            for number in islice(_unlike(one, other), _MAX_PLACES)
        }
    return sorted(found, key=lambda place: (place.kind is not DifferenceKind.PAGE, int(place.place)))


def _unlike(one: Pdf, other: Pdf) -> Iterator[tuple[int, int]]:
    numbers = {item.objgen for item in one.objects} | {item.objgen for item in other.objects}
    unpackers = Unpacker(MAX_STREAM), Unpacker(MAX_STREAM)
    for number in sorted(numbers):
        if not _is_same(one.get_object(number), other.get_object(number), *unpackers):
            yield number


def _pages(pdf: Pdf) -> dict[tuple[int, int], Difference]:
    """Which page an object is, or what is painted on it."""
    found: dict[tuple[int, int], Difference] = {}
    for number, page in enumerate(pdf.pages, 1):
        contents = page.obj.get("/Contents", Array())
        parts = list(contents) if isinstance(contents, Array) else [contents]
        found |= {part.objgen: Difference(DifferenceKind.PAGE, str(number)) for part in (page.obj, *parts)}
    return found


def _is_same(one: Object, other: Object, first: Unpacker, second: Unpacker) -> bool:
    if not isinstance(one, Stream) or not isinstance(other, Stream):
        return type(one) is type(other) and _written(one) == _written(other)
    if one.get("/Type") in _TABLES:
        return bool(one.get("/Type") == other.get("/Type"))
    if _described(one) != _described(other):
        return False
    return first.unpack(one) == second.unpack(other)


def _trailer(pdf: Pdf) -> bytes:
    return _plain({key: value for key, value in pdf.trailer.items() if key not in _OF_THE_FILE})


def _described(stream: Object) -> bytes:
    kept = {key: value for key, value in stream.stream_dict.items() if key not in ("/Length", "/Filter")}
    return _plain(kept)


def _written(item: Object) -> bytes:
    if isinstance(item, Dictionary) and set(item.keys()) >= _SIGNATURE:
        return _plain({key: value for key, value in item.items() if key not in _SIGNATURE})
    return item.unparse(resolved=True)


def _plain(values: dict[str, Object]) -> bytes:
    return Dictionary(values).unparse()


def _kind(item: Object) -> str:
    if isinstance(item, Array) or not isinstance(item, Dictionary | Stream):
        return "a value"
    return str(item.get("/Type", item.get("/S", "/Dictionary")))[1:]
