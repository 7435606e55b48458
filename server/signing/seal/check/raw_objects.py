"""Objects of a PDF as they are written: references are not followed unless a function says so.

`array`, `dictionary` and `reference_of` raise OtherKind where something else stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, PdfObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver

_MAX_PAGES: Final = 10_000


class OtherKind(Exception):
    """Something else stands where an object of a kind is needed. The message says what, in plain English."""


def page_references(state: HistoricalResolver) -> Iterator[Reference]:
    """The leaves of the page tree, in no order (ISO 32000-2, 7.7.3). Raises OtherKind for a broken tree."""
    waiting = [reference_of(raw(dictionary(state(state.root_ref)), "/Pages"))]
    seen: set[Reference] = set()
    while waiting:
        reference = waiting.pop()
        if reference in seen or len(seen) == _MAX_PAGES:
            raise OtherKind("the pages run in a circle")
        seen.add(reference)
        node = dictionary(state(reference))
        kids = raw(node, "/Kids")
        if kids is None:
            yield reference
            continue
        listed = state(kids.reference) if isinstance(kids, generic.IndirectObject) else kids
        waiting += [reference_of(kid) for kid in array(listed)]


def is_nowhere(field: DictionaryObject) -> bool:
    """Its widget has no extent, so nothing of it is painted."""
    box = raw(field, "/Rect")
    if not isinstance(box, ArrayObject) or len(box) != 4:
        return False
    sides = list(_raw_items(box))
    return all(map(is_number, sides)) and bool(sides[0] == sides[2] and sides[1] == sides[3])


def is_number(value: PdfObject | None) -> bool:
    return isinstance(value, generic.NumberObject | generic.FloatObject)


def is_whole(value: PdfObject | None) -> bool:
    return isinstance(value, generic.NumberObject)


def raw(members: DictionaryObject, key: str) -> Any:
    """The member as it is written: references are not followed."""
    return members.raw_get(key) if key in members else None


def _raw_items(value: ArrayObject) -> Iterable[PdfObject]:
    return (value.raw_get(place) for place in range(len(value)))


def array(value: PdfObject | None) -> Iterable[PdfObject]:
    if not isinstance(value, ArrayObject):
        raise OtherKind("a list is missing")
    return _raw_items(value)


def dictionary(value: PdfObject | None) -> DictionaryObject:
    if not isinstance(value, DictionaryObject):
        raise OtherKind("a dictionary is missing")
    return value


def reference_of(value: PdfObject | None) -> Reference:
    if not isinstance(value, generic.IndirectObject):
        raise OtherKind("a reference is missing")
    found: Reference = value.reference
    return found


def is_same(one: PdfObject | None, other: PdfObject | None) -> bool:
    """Equal as written: references are compared, not followed. A number is not a name that looks like it."""
    if type(one) is not type(other):
        return False
    if isinstance(one, generic.IndirectObject) and isinstance(other, generic.IndirectObject):
        return bool((one.idnum, one.generation) == (other.idnum, other.generation))
    if isinstance(one, StreamObject) and isinstance(other, StreamObject):
        return _same_members(one, other) and bool(one.encoded_data == other.encoded_data)
    if isinstance(one, DictionaryObject) and isinstance(other, DictionaryObject):
        return _same_members(one, other)
    if isinstance(one, ArrayObject) and isinstance(other, ArrayObject):
        return len(one) == len(other) and all(map(is_same, _raw_items(one), _raw_items(other)))
    return bool(one == other)


def _same_members(one: DictionaryObject, other: DictionaryObject) -> bool:
    return set(one) == set(other) and all(is_same(raw(one, key), raw(other, key)) for key in one)
