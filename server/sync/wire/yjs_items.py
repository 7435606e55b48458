"""The items of a Yjs update (format v1): what stands in a sequence, who made it, between what it was put.

Source: `yjs/src/structs/Item.js`, `yjs/src/utils/encoding.js`. Only for updates of our own store: they passed
`update_check` before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from server.sync.wire.messages import Reader
from server.sync.wire.update_content import CONTENT

Id = tuple[int, int]
"""Client id and clock; clocks count UTF-16 units of text."""
_GC, _SKIP, _STRING = 0, 10, 4
_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB = 0x80, 0x40, 0x20
UTF_16: Final = "utf-16-le"


@dataclass(slots=True, eq=False)
class Item:
    """`parent`: name of a root type; None where origins tell it, "" inside anything else.

    `text` is UTF-16.
    """

    client: int
    clock: int
    length: int
    origin: Id | None
    right_origin: Id | None
    parent: str | None
    text: bytes = b""
    deleted: bool = False
    left: Item | None = field(default=None, repr=False)
    right: Item | None = field(default=None, repr=False)

    @property
    def last(self) -> Id:
        return self.client, self.clock + self.length - 1

    def cut(self, at: int) -> Item:
        """Takes off and returns what begins `at` units after its beginning."""
        rest = Item(
            self.client,
            self.clock + at,
            self.length - at,
            (self.client, self.clock + at - 1),
            self.right_origin,
            None,
            self.text[2 * at :],
            self.deleted,
        )
        self.length, self.text = at, self.text[: 2 * at]
        return rest


def read_items(update: bytes) -> list[list[Item]]:
    """Per client in the order of clocks, cut so that every item named by another begins or ends there."""
    reader = Reader(update)
    queues = [list(_client_items(reader)) for _ in range(reader.uint())]
    marks = _marks(item for queue in queues for item in queue)
    deletions = dict(_deletions(reader))
    for client, ranges in deletions.items():
        for start, end in ranges:
            marks.setdefault(client, set()).update((start, end))
    cut = [_cut(queue, sorted(marks.get(queue[0].client, ()))) for queue in queues if queue]
    for queue in cut:
        _delete(queue, deletions.get(queue[0].client, []))
    return cut


def _client_items(reader: Reader) -> Iterator[Item]:
    count, client, clock = reader.uint(), reader.uint(), reader.uint()
    for _ in range(count):
        info = reader.byte()
        if info in (_GC, _SKIP):  # nothing is left of it
            clock += reader.uint()
            continue
        item = _item(reader, info, client, clock)
        clock += item.length
        yield item


def _item(reader: Reader, info: int, client: int, clock: int) -> Item:
    origin = (reader.uint(), reader.uint()) if info & _ORIGIN else None
    right_origin = (reader.uint(), reader.uint()) if info & _RIGHT_ORIGIN else None
    parent = None
    if origin is None and right_origin is None:
        parent = _parent(reader)
        if info & _PARENT_SUB:  # a value in a map
            reader.text()
            parent = ""
    if info & 31 == _STRING:
        text = reader.text().encode(UTF_16, "surrogatepass")
        return Item(client, clock, len(text) // 2, origin, right_origin, parent, text)
    return Item(client, clock, CONTENT[info & 31](reader), origin, right_origin, parent)


def _parent(reader: Reader) -> str:
    if reader.uint():
        return reader.text()
    reader.uint()
    reader.uint()
    return ""


def _deletions(reader: Reader) -> Iterator[tuple[int, list[Id]]]:
    """Client → its deleted clocks as (start, end exclusive)."""
    for _ in range(reader.uint()):
        client, ranges = reader.uint(), list[Id]()
        for _ in range(reader.uint()):
            start = reader.uint()
            ranges.append((start, start + reader.uint()))
        yield client, ranges


def _marks(items: Iterable[Item]) -> dict[int, set[int]]:
    """Client → clocks at which an item has to begin."""
    marks: dict[int, set[int]] = {}
    for item in items:
        if item.origin is not None:
            marks.setdefault(item.origin[0], set()).add(item.origin[1] + 1)
        if item.right_origin is not None:
            marks.setdefault(item.right_origin[0], set()).add(item.right_origin[1])
    return marks


def _cut(queue: list[Item], marks: list[int]) -> list[Item]:
    pieces: list[Item] = []
    for whole in queue:
        rest = whole
        inside = marks[bisect_right(marks, whole.clock) : bisect_left(marks, whole.clock + whole.length)]
        for mark in inside:
            piece, rest = rest, rest.cut(mark - rest.clock)
            pieces.append(piece)
        pieces.append(rest)
    return pieces


def _delete(queue: list[Item], ranges: list[Id]) -> None:
    starts = [item.clock for item in queue]
    for start, end in ranges:
        for item in queue[bisect_left(starts, start) : bisect_left(starts, end)]:
            item.deleted = True
