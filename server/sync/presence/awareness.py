"""Who is in the room now: awareness (ephemeral state, e.g. carets) and the list of people.

Source: `y-protocols/awareness.js`. A state counts if its clock is newer than the last one known, or
equal with the state null (gone). Stock clients echo other people's states; echoes are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from server.sync.attestation import Attestation, Member
from server.sync.wire.messages import (
    Malformed,
    Reader,
    awareness_frame,
    encode_chunk,
    encode_uint,
    parse_json,
)

MAX_STATE: Final = 16_384
"""Bytes of one person's state."""
MAX_CLIENTS: Final = 16
"""Client ids bound to one connection."""
MAX_GONE: Final = 200
"""Departed clients that a room remembers, so that a late echo doesn't bring them back."""
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


def encode_entries(entries: Iterable[AwarenessEntry]) -> bytes:
    """The payload of an awareness message."""
    parts = [entry.encoded() for entry in entries]
    return encode_uint(len(parts)) + b"".join(parts)


def encode_awareness(entries: Iterable[AwarenessEntry]) -> bytes:
    return awareness_frame(encode_entries(entries))


class Presence:
    """The states of a room, and whose connection each is."""

    def __init__(self, attestation: Attestation) -> None:
        self._attestation = attestation
        self._states: dict[int, AwarenessEntry] = {}
        self._owners: dict[int, object] = {}
        self._clients: dict[object, list[int]] = {}
        """The same the other way round."""
        self._changed: set[int] = set()
        self._here: dict[int, int] = {}
        """Client → person, of those connected to this process."""
        self._changed_here: dict[int, int] = {}
        self._departed: dict[int, None] = {}

    def update(
        self, owner: object, member: Member, entries: Iterable[AwarenessEntry], *, far: bool = False
    ) -> bool:
        """Takes over what `owner` (a connection) may say and is new; whether its client ids changed.

        `far`: it is connected to another process.
        """
        changed = False
        for entry in entries:
            if self._is_news(entry, owner) and self._attestation.allows(entry.client, member):
                changed = self._take(entry, owner, member) or changed
                self._note_here(entry.client, member, far=far)
        return changed

    def _note_here(self, client: int, member: Member, *, far: bool) -> None:
        if far:
            self._here.pop(client, None)
        elif client in self._owners:
            self._here[client] = self._changed_here[client] = member.person

    def _is_news(self, entry: AwarenessEntry, owner: object) -> bool:
        known = self._states.get(entry.client)
        if known is None:
            return entry.state != _GONE
        if known.state == _GONE:  # back again, over a new connection
            return entry.clock > known.clock and entry.state != _GONE
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
        self._departed.pop(client, None)
        self._owners[client] = owner
        self._clients.setdefault(owner, []).append(client)

    def leave(self, owner: object) -> None:
        """Marks as gone whatever was the connection's.

        The clock stays: null counts at the same clock, and who comes back has the next one.
        """
        for client in self._clients.pop(owner, []):
            known = self._states[client]
            del self._owners[client]
            self._departed[client] = None
            if known.state != _GONE:
                self._states[client] = AwarenessEntry(client, known.clock, _GONE)
                self._changed.add(client)
                if client in self._here:
                    self._changed_here[client] = self._here.pop(client)
        self._forget()

    def _forget(self) -> None:
        """Forgets those who left longest ago, once everybody has heard of it."""
        for client in list(self._departed)[: max(0, len(self._departed) - MAX_GONE)]:
            if client not in self._changed:
                del self._departed[client]
                del self._states[client]
                self._here.pop(client, None)
                self._attestation.release_present(client)

    def clients_of(self, owner: object) -> Sequence[int]:
        return self._clients.get(owner, ())

    def take_changes(self) -> bytes | None:
        """A frame with what changed since it was last asked; None: nothing."""
        changed, self._changed = self._changed, set()
        frame = encode_awareness(self._states[client] for client in changed) if changed else None
        if len(self._departed) > MAX_GONE:
            self._forget()
        return frame

    def take_changes_here(self) -> dict[int, bytes]:
        """Person → awareness payload with what changed over connections to this process. Ask this first."""
        changed, self._changed_here = self._changed_here, {}
        return self._by_person(changed)

    def whole_here(self) -> dict[int, bytes]:
        """The same with everything that is shown over connections to this process."""
        return self._by_person(self._here)

    def _by_person(self, clients: Mapping[int, int]) -> dict[int, bytes]:
        entries: dict[int, list[AwarenessEntry]] = {}
        for client, person in clients.items():
            entries.setdefault(person, []).append(self._states[client])
        return {person: encode_entries(own) for person, own in entries.items()}

    def present(self) -> bytes | None:
        """A frame with everybody's state for somebody who just came; None: nobody is there."""
        here = [entry for entry in self._states.values() if entry.state != _GONE]
        return encode_awareness(here) if here else None
