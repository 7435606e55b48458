"""The structure of a Yjs update (format v1), read before any CRDT library sees the bytes.

Source: `yjs/src/utils/encoding.js`, `yjs/src/structs/*.js`. Yrs panics, loops or allocates without end on
some damaged updates, so only what passes here is applied. Structs are runs of consecutive clocks of one
client; an update also names ranges that it deletes. Whatever it builds on has to be known already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from server.sync.wire.messages import Malformed, Reader
from server.sync.wire.update_content import CONTENT, MAX_CLOCK, PLAIN, ensure_length

EMPTY_UPDATE: Final = b"\x00\x00"

_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB = 0x80, 0x40, 0x20
_GC, _SKIP = 0, 10


@dataclass(slots=True)
class UpdateFacts:
    """`ranges`: client → (first clock, end clock exclusive) of the structs.

    `needs`: client → clocks that must be known before (its end, exclusive), of whatever the update names.
    `links`: per client (clock of the struct, other client, its end): the order among its own structs.
    """

    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    links: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    gap: bool = False
    nested: bool = False
    """Something stands inside a shared type that is no root: Yrs fails where that is no type at all."""
    plain: bool = True
    """It holds letters and deletions only: nothing that Yrs reads in a way of its own."""

    def adds_to(self, clocks: Mapping[int, int]) -> list[int]:
        """The clients of whom the update holds structs that `clocks` (client → next clock) lacks."""
        return [client for client, (_, end) in self.ranges.items() if end > clocks.get(client, 0)]

    def lacks_in(self, clocks: Mapping[int, int]) -> bool:
        """Whether it builds on something that is neither known nor in the update itself."""
        if self.gap:
            return True
        for client, (start, _) in self.ranges.items():
            if start > clocks.get(client, 0):
                return True
        for client, end in self.needs.items():
            if end > clocks.get(client, 0) and end > self.ranges.get(client, (0, 0))[1]:
                return True
        return len(self.ranges) > 1 and not self._settles(clocks)

    def _settles(self, clocks: Mapping[int, int]) -> bool:
        """Whether the structs can be put in an order in which each finds what it builds on."""
        known = {client: max(clocks.get(client, 0), start) for client, (start, _) in self.ranges.items()}
        open_links = {client: iter(self.links.get(client, ())) for client in self.ranges}
        waiting = {client: next(links, None) for client, links in open_links.items()}
        moved = True
        while moved:
            moved = False
            for client, link in waiting.items():
                while link is not None and link[2] <= known.get(link[1], clocks.get(link[1], 0)):
                    known[client] = max(known[client], link[0])
                    link = next(open_links[client], None)  # noqa: PLW2901 - walks on along the links
                    moved = True
                waiting[client] = link
                end = self.ranges[client][1] if link is None else link[0]
                if end > known[client]:
                    known[client] = end
                    moved = True
        return all(link is None for link in waiting.values())


def check_update(data: bytes) -> UpdateFacts:
    """What the update holds and needs. Raises Malformed. Linear in its length."""
    reader, facts = Reader(data), UpdateFacts()
    try:
        for _ in range(reader.uint(len(data))):
            _client_structs(reader, facts)
        for _ in range(reader.uint(len(data))):
            _deletions(reader, facts)
    except IndexError as error:
        raise Malformed("update too short") from error
    reader.ensure_end()
    return facts


def _client_structs(reader: Reader, facts: UpdateFacts) -> None:
    count, client, start = reader.uint(len(reader.data)), reader.uint(), reader.uint(MAX_CLOCK)
    if client in facts.ranges or count == 0:
        raise Malformed("structs of a client twice or none")
    clock = start
    for _ in range(count):
        clock += _struct(reader, facts, client, clock)
        if clock > MAX_CLOCK:
            raise Malformed("clock too large")
    facts.ranges[client] = (start, clock)


def _struct(reader: Reader, facts: UpdateFacts, client: int, clock: int) -> int:
    """Reads one struct; its length in clocks."""
    info = reader.byte()
    if info == _GC:
        return ensure_length(reader.uint(MAX_CLOCK))
    if info == _SKIP:
        facts.gap = True
        return ensure_length(reader.uint(MAX_CLOCK))
    kind = info & 31
    read = CONTENT.get(kind)
    if read is None:
        raise Malformed("content of this kind is not allowed")
    if kind not in PLAIN:
        facts.plain = False
    if info & _ORIGIN:
        _needs(reader, facts, client, clock)
    if info & _RIGHT_ORIGIN:
        _needs(reader, facts, client, clock)
    if not info & (_ORIGIN | _RIGHT_ORIGIN):
        _parent(reader, facts, client, clock, sub=bool(info & _PARENT_SUB))
    return ensure_length(read(reader))


def _parent(reader: Reader, facts: UpdateFacts, client: int, clock: int, *, sub: bool) -> None:
    if reader.uint(1):
        reader.text()
    else:
        facts.nested = True
        _needs(reader, facts, client, clock)
    if sub:
        reader.text()


def _needs(reader: Reader, facts: UpdateFacts, client: int, clock: int) -> None:
    """An id that the struct (`client`, `clock`) builds on."""
    other, end = reader.uint(), reader.uint(MAX_CLOCK - 1) + 1
    if other == client:
        if end > clock:
            raise Malformed("builds on itself")
        return
    if end > facts.needs.get(other, 0):
        facts.needs[other] = end
    facts.links.setdefault(client, []).append((clock, other, end))


def _deletions(reader: Reader, facts: UpdateFacts) -> None:
    client = reader.uint()
    for _ in range(reader.uint(reader.left)):
        end = reader.uint(MAX_CLOCK) + ensure_length(reader.uint(MAX_CLOCK))
        if end > facts.needs.get(client, 0):
            facts.needs[client] = end
