"""Who is in the room now: awareness (ephemeral state, e.g. carets) and the list of people.

Source: `y-protocols/awareness.js`. A state counts if its clock is newer than the last one known, or
equal with the state null (gone). Stock clients echo other people's states; echoes are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from server.sync.attestation import Attestation, Member
from server.sync.wire import Malformed, Reader, awareness_frame, encode_chunk, encode_uint, parse_json

MAX_STATE: Final = 16_384
"""Bytes of one person's state."""
MAX_CLIENTS: Final = 16
"""Client ids bound to one connection."""
_GONE: Final = b"null"


class AwarenessEntry(NamedTuple):
    """`state` is JSON, an object or null."""

    client: int
    clock: int
    state: bytes

    def encoded(self) -> bytes:
        return encode_uint(self.client) + encode_uint(self.clock) + encode_chunk(self.state)


def decode_awareness(payload: bytes) -> list[AwarenessEntry]:
    """Raises Malformed. States are read no further than to see that every client can parse them."""
    reader = Reader(payload)
    try:
        entries = [_entry(reader) for _ in range(reader.uint(len(payload)))]
    except IndexError as error:
        raise Malformed("awareness too short") from error
    reader.ensure_end()
    return entries


def _entry(reader: Reader) -> AwarenessEntry:
    client, clock, state = reader.uint(), reader.uint(), reader.text()
    if len(state) > MAX_STATE:
        raise Malformed("state too long")
    if not isinstance(parse_json(state), dict | None):
        raise Malformed("state is no object")
    return AwarenessEntry(client, clock, state.encode())


def encode_awareness(entries: Iterable[AwarenessEntry]) -> bytes:
    parts = [entry.encoded() for entry in entries]
    return awareness_frame(encode_uint(len(parts)) + b"".join(parts))


class Presence:
    """The states of a room, and whose connection each is."""

    def __init__(self, attestation: Attestation) -> None:
        self._attestation = attestation
        self._states: dict[int, AwarenessEntry] = {}
        self._owners: dict[int, object] = {}
        self._clients: dict[object, list[int]] = {}
        """The same the other way round."""
        self._changed: set[int] = set()

    def update(self, owner: object, member: Member, entries: Iterable[AwarenessEntry]) -> bool:
        """Takes over what `owner` (a connection) may say and is new; whether its client ids changed."""
        changed = False
        for entry in entries:
            if self._is_news(entry, owner) and self._attestation.allows(entry.client, member):
                changed = self._take(entry, owner, member) or changed
        return changed

    def _is_news(self, entry: AwarenessEntry, owner: object) -> bool:
        known = self._states.get(entry.client)
        if known is None:
            return entry.state != _GONE
        if entry.clock == known.clock:
            return entry.state == _GONE != known.state and self._owners.get(entry.client) is owner
        return entry.clock > known.clock

    def _take(self, entry: AwarenessEntry, owner: object, member: Member) -> bool:
        """Whether the client id is new to the owner."""
        new = self._owners.get(entry.client) is not owner
        if new:
            if len(self.clients_of(owner)) >= MAX_CLIENTS:
                return False
            self._hand_over(entry.client, owner, member)
        self._states[entry.client] = entry
        self._changed.add(entry.client)
        return new

    def _hand_over(self, client: int, owner: object, member: Member) -> None:
        self._attestation.bind_present(client, member)
        if client in self._owners:
            self._clients[self._owners[client]].remove(client)
        self._owners[client] = owner
        self._clients.setdefault(owner, []).append(client)

    def leave(self, owner: object) -> None:
        """Marks as gone whatever was the connection's."""
        for client in self._clients.pop(owner, []):
            known = self._states[client]
            del self._owners[client]
            if known.state != _GONE:
                self._states[client] = AwarenessEntry(client, known.clock + 1, _GONE)
                self._changed.add(client)

    def clients_of(self, owner: object) -> Sequence[int]:
        return self._clients.get(owner, ())

    def take_changes(self) -> bytes | None:
        """A frame with what changed since it was last asked; None: nothing."""
        changed, self._changed = self._changed, set()
        return encode_awareness(self._states[client] for client in changed) if changed else None

    def present(self) -> bytes | None:
        """A frame with everybody's state for somebody who just came; None: nobody is there."""
        here = [entry for entry in self._states.values() if entry.state != _GONE]
        return encode_awareness(here) if here else None
