"""A log is read as Yjs reads it: what builds on something that is missing is held back.

Every way into a log closes gaps first, so there are none but by accident: a log that was damaged, restored in
parts, or written by an older version. Then nothing of it is lost, and nothing of it is shown that no browser
shows, until whoever has the missing part comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pycrdt import Doc, Text, merge_updates

from server.domain.text.update_log import Writer
from server.sync.wire.closed_part import closed_part
from server.sync.wire.messages import Malformed, decode_state_vector
from server.sync.wire.update_check import EMPTY_UPDATE, check_update

BATCH_BYTES: Final = 1_000
"""Bytes of updates from which on they are applied. Merging small ones beforehand saves the transactions of
single keys (20,000 of them: 37 → 16 ms), merging large ones takes quadratic time (45 of 6 kB: 5 → 30 ms)."""
_FAN: Final = 50
"""Updates merged at a time when all have to become one."""


@dataclass(slots=True)
class Held:
    """What waits for something that is missing. `updates`: of the log, as one; they may hold more than waits.

    `missing`: client → the clock that is needed next. `waiting`: the clients whose words wait."""

    updates: bytes = EMPTY_UPDATE
    missing: Mapping[int, int] = field(default_factory=dict)
    waiting: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.missing)

    def may_go_on(self, clocks: Mapping[int, int]) -> bool:
        """Whether something of what is missing has come. `clocks`: what the text holds."""
        return any(clocks.get(client, 0) > clock for client, clock in self.missing.items())

    def release(self, clocks: Mapping[int, int]) -> bytes:
        """What lacks nothing any more, to be applied; the rest stays."""
        part = closed_part(self.updates, clocks)
        self.missing, self.waiting = part.missing, part.held
        if not self:
            self.updates = EMPTY_UPDATE
        return part.update

    def add(self, update: bytes, clocks: Mapping[int, int]) -> bytes:
        """Takes an update in; what lacks nothing comes back, to be applied."""
        self.updates = merge_updates(self.updates, update)
        return self.release(clocks)


def writers_to_ask(held: Held, writers: Iterable[Writer]) -> list[int]:
    """The persons whose browsers have what is missing: who wrote it, if nobody knows, who built on it."""
    persons = {writer.client: writer.person for writer in writers}
    wrote = {persons[client] for client in held.missing if client in persons}
    return sorted(wrote or {persons[client] for client in held.waiting if client in persons})


@dataclass(frozen=True, slots=True)
class LoadedLog:
    doc: Doc[Text]
    held: Held


def load_log(updates: Iterable[bytes]) -> LoadedLog:
    """The doc that a log amounts to, and what of the log has to wait."""
    doc: Doc[Text] = Doc()
    clocks: dict[int, int] = {}
    rest: list[bytes] = []
    for batch in _batches(updates):
        update = merge_updates(*batch) if len(batch) > 1 else batch[0]
        if rest or not _closes(update, clocks):
            rest.append(update)
        else:
            doc.apply_update(update)
    held = Held()
    if rest:
        doc.apply_update(held.add(_merge_all(rest), decode_state_vector(doc.get_state())))
    return LoadedLog(doc, held)


def apply_closed(updates: Iterable[bytes]) -> Doc[Text]:
    """The doc of updates that are known to lack nothing, in this order."""
    doc: Doc[Text] = Doc()
    for batch in _batches(updates):
        doc.apply_update(merge_updates(*batch) if len(batch) > 1 else batch[0])
    return doc


def _closes(update: bytes, clocks: dict[int, int]) -> bool:
    """Whether it lacks nothing; then `clocks` go on. What cannot be read is left to Yrs, as it was stored."""
    try:
        facts = check_update(update)
    except Malformed:
        return True
    if facts.lacks_in(clocks):
        return False
    for client, (_, end) in facts.ranges.items():
        clocks[client] = max(end, clocks.get(client, 0))
    return True


def _merge_all(updates: list[bytes]) -> bytes:
    while len(updates) > 1:
        updates = [
            merge_updates(*part) if len(part := updates[at : at + _FAN]) > 1 else part[0]
            for at in range(0, len(updates), _FAN)
        ]
    return updates[0]


def _batches(updates: Iterable[bytes]) -> Iterator[list[bytes]]:
    gathered: list[bytes] = []
    size = 0
    for update in updates:
        gathered.append(update)
        size += len(update)
        if size >= BATCH_BYTES:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered
