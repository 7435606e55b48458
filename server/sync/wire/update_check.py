"""The structure of a Yjs update (format v1), read before any CRDT library sees the bytes.

Source: `yjs/src/utils/encoding.js`, `yjs/src/structs/*.js`. Yrs panics, loops or allocates without end on
some damaged updates, so only what passes here is applied. Structs are runs of consecutive clocks of one
client; an update also names ranges that it deletes. Whatever it builds on has to be known already. What the
text has no place for is noted on the way, for `schema_check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from server.domain.text.content import OBJECT, UNSEEN
from server.sync.wire.messages import Malformed, Reader
from server.sync.wire.struct_order import Link, can_be_ordered
from server.sync.wire.text_schema import (
    MAX_BLOCK,
    MAX_MARKS,
    TEXT_ROOT,
    Attribute,
    is_by_id,
    needs_no_judge,
)
from server.sync.wire.update_content import (
    CONTENT,
    FORMAT,
    MAX_CLOCK,
    PLAIN,
    STRING,
    count_units,
    ensure_length,
    middles,
    read_format,
)

EMPTY_UPDATE: Final = b"\x00\x00"
MAX_CLIENTS: Final = 4_096
"""Client ids whose structs one update may hold: more than a text of years has."""
MAX_PIECES: Final = 4_000
"""Stretches of letters in one update that stand right behind those before: Yrs takes quadratic time to join
them (8,000: 40 ms; 40,000: 0.9 s; a message of them: a minute). Clients send them joined."""
MAX_STRUCTS: Final = 30_000
"""Structs in one update: the room applies it, and once more where a bound could be reached, in 20 ms each.
Somebody who writes for days without a network has a few thousand."""

_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB = 0x80, 0x40, 0x20
_GC, _SKIP = 0, 10
_NO_ROOM = "the text has no place for this"
_NO_TEXT = "the text holds letters and formats only"
_NO_LETTER = "a letter that nobody sees"
_NO_CONTENT = "a struct without content"
"""Takes the place of what a removed type held; the text holds no types. What stands behind it Yjs hides and
Yrs shows."""


@dataclass(slots=True)
class UpdateFacts:
    """`ranges`: client → (first clock, end clock exclusive) of the structs.

    `needs`: client → clocks that must be known before (its end, exclusive), of whatever the update names.
    `links`: per client (clock of the struct, other client, its end): the order among its own structs.
    """

    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    links: dict[int, list[Link]] = field(default_factory=dict)
    gap: bool = False
    orderly: bool = True
    """Its structs can be put in an order in which each finds what it builds on."""
    plain: bool = True
    """It holds letters and deletions only: nothing that Yrs reads in a way of its own."""
    foreign: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Client → end clock of its last struct that the text has no place for, and why."""
    oversized: dict[int, tuple[int, str]] = field(default_factory=dict)
    """The same for what is too much for one block or one letter."""
    structs: int = 0
    places: int = 0
    """Structs that do not stand right behind the one before, and ranges that it deletes."""
    pieces: int = 0
    """Stretches of letters that could have been one with those before them."""
    behind_letters: bool = False
    """While it is read: what was read last is no format, which keeps letters apart."""
    letters: int = 0
    """UTF-16 units of text in it."""
    marks: int = 0
    """Comments and proposals that it puts on letters."""
    deleted: int = 0
    """Clocks that it deletes, also such as were deleted before."""
    deletions: int = 0
    """Tells its deletions from others; the same for the same."""
    attributes: dict[tuple[int, Attribute], tuple[int, int]] = field(default_factory=dict)
    """(client, attribute) → clock of the first struct with it, end clock of the last: those that only the
    room can judge."""
    cuts: list[tuple[int, int]] = field(default_factory=list)
    """(client, clock): places before which it divides what is known, to put something there or to delete."""
    middles: dict[int, list[int]] = field(default_factory=dict)
    """Client → clocks in the middle of its letters of two UTF-16 units, where nothing may be divided."""
    closed: dict[tuple[int, str], int] = field(default_factory=dict)
    """(client, key) → clock of the first struct that ends a comment or a proposal before a letter."""

    def adds_to(self, clocks: Mapping[int, int]) -> list[int]:
        """The clients of whom the update holds structs that `clocks` (client → next clock) lacks."""
        return [client for client, (_, end) in self.ranges.items() if end > clocks.get(client, 0)]

    def lacks_in(self, clocks: Mapping[int, int]) -> bool:
        """Whether it builds on something that is neither known nor in the update itself."""
        if self.gap or not self.orderly:
            return True
        for client, (start, _) in self.ranges.items():
            if start > clocks.get(client, 0):
                return True
        for client, end in self.needs.items():
            if end > clocks.get(client, 0) and end > self.ranges.get(client, (0, 0))[1]:
                return True
        return False


def check_update(data: bytes) -> UpdateFacts:
    """What the update holds and needs. Raises Malformed. Linear in its length."""
    reader, facts = Reader(data), UpdateFacts()
    try:
        clients = reader.uint(len(data))
        if clients > MAX_CLIENTS:
            raise Malformed("too many client ids")
        for _ in range(clients):
            _client_structs(reader, facts)
        begin = reader.at
        for _ in range(reader.uint(len(data))):
            _deletions(reader, facts)
        facts.deletions = hash(data[begin:]) if facts.deleted else 0
    except IndexError as error:
        raise Malformed("update too short") from error
    reader.ensure_end()
    if len(facts.ranges) > 1:
        facts.orderly = can_be_ordered(facts.ranges, facts.links)
    return facts


def _client_structs(reader: Reader, facts: UpdateFacts) -> None:
    count, client, start = reader.uint(len(reader.data)), reader.uint(), reader.uint(MAX_CLOCK)
    if client in facts.ranges or count == 0:
        raise Malformed("structs of a client twice or none")
    facts.structs += count
    clock = start
    marks: set[str] = set()
    """Keys by id that this run of formats puts on one letter."""
    for _ in range(count):
        info = reader.byte()
        if info == _GC:
            clock += ensure_length(reader.uint(MAX_CLOCK))
            facts.foreign[client] = (clock, _NO_CONTENT)
        elif info == _SKIP:
            facts.gap = True
            clock += ensure_length(reader.uint(MAX_CLOCK))
        else:
            clock += _struct(reader, facts, client, clock, info, marks)
        if clock > MAX_CLOCK:
            raise Malformed("clock too large")
    facts.ranges[client] = (start, clock)
    if facts.structs > MAX_STRUCTS:
        facts.oversized[client] = (clock, "too many changes in one message")


def _struct(reader: Reader, facts: UpdateFacts, client: int, clock: int, info: int, marks: set[str]) -> int:
    """Reads one struct; its length in clocks."""
    kind = info & 31
    read = CONTENT.get(kind)
    if read is None:
        raise Malformed("content of this kind is not allowed")
    follows = _origins(reader, facts, client, clock, info)
    facts.places += not follows
    placed = bool(info & (_ORIGIN | _RIGHT_ORIGIN)) or _is_in_text(reader, facts, client, clock, info)
    if marks and not (follows and kind == FORMAT):
        marks.clear()
    if kind == FORMAT:
        facts.plain = False
        length = 1
        _format(reader, facts, client, clock + 1, marks)
    else:
        letters = reader.text() if kind == STRING else ""
        length = ensure_length(count_units(letters) if kind == STRING else read(reader))
        if len(letters) < length and kind == STRING:
            facts.middles.setdefault(client, []).extend(middles(letters, clock))
        facts.letters += len(letters) and length
        facts.pieces += follows and facts.behind_letters
        if facts.pieces > MAX_PIECES:
            facts.oversized[client] = (clock + length, "letters in too many pieces")
        if kind not in PLAIN:
            facts.plain = False
            facts.foreign[client] = (clock + length, _NO_TEXT)
        elif (not letters.isprintable() or OBJECT in letters) and UNSEEN.search(letters):
            facts.foreign[client] = (clock + length, _NO_LETTER)
        elif length > MAX_BLOCK and any(count_units(line) > MAX_BLOCK for line in letters.split("\n")):
            facts.oversized[client] = (clock + length, "a block is too long")
    facts.behind_letters = kind != FORMAT
    if not placed:
        facts.foreign[client] = (clock + length, _NO_ROOM)
    return length


def _format(reader: Reader, facts: UpdateFacts, client: int, end: int, marks: set[str]) -> None:
    key, value = attribute = read_format(reader)
    if not needs_no_judge(key, value):
        first, _ = facts.attributes.get((client, attribute), (end - 1, end))
        facts.attributes[client, attribute] = (first, end)
    if not is_by_id(key):
        return
    if value == "null":
        facts.closed.setdefault((client, key), end - 1)
    else:
        facts.marks += 1
        marks.add(key)
        if len(marks) > MAX_MARKS:
            facts.oversized[client] = (end, "too many marks on one letter")


def _origins(reader: Reader, facts: UpdateFacts, client: int, clock: int, info: int) -> bool:
    """Whether it was put right behind the struct before it."""
    follows = False
    if info & _ORIGIN:
        end = _needs(reader, facts, client, clock)
        follows = end == (client, clock)
        if not follows:
            facts.cuts.append(end)
    if info & _RIGHT_ORIGIN:
        other, end_clock = _needs(reader, facts, client, clock)
        facts.cuts.append((other, end_clock - 1))
    return follows


def _is_in_text(reader: Reader, facts: UpdateFacts, client: int, clock: int, info: int) -> bool:
    """Of a struct without neighbours, which says itself where it stands."""
    if reader.uint(1):
        placed = reader.text() == TEXT_ROOT
    else:
        placed = False
        _needs(reader, facts, client, clock)
    if info & _PARENT_SUB:  # a value in a map
        placed = False
        reader.text()
    return placed


def _needs(reader: Reader, facts: UpdateFacts, client: int, clock: int) -> tuple[int, int]:
    """An id that the struct (`client`, `clock`) builds on: its client and end."""
    other, end = reader.uint(), reader.uint(MAX_CLOCK - 1) + 1
    if other == client:
        if end > clock:
            raise Malformed("builds on itself")
    else:
        if end > facts.needs.get(other, 0):
            facts.needs[other] = end
        facts.links.setdefault(client, []).append((clock, other, end))
    return other, end


def _deletions(reader: Reader, facts: UpdateFacts) -> None:
    client = reader.uint()
    for _ in range(reader.uint(reader.left)):
        start, length = reader.uint(MAX_CLOCK), ensure_length(reader.uint(MAX_CLOCK))
        end = start + length
        facts.cuts += ((client, start), (client, end))
        facts.places += 1
        facts.deleted += length
        if end > facts.needs.get(client, 0):
            facts.needs[client] = end
