"""Who is in a room, told to those who are in it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from typing import Final

from server.sync import wire
from server.sync.attestation import Attestation
from server.sync.connection import Connection
from server.sync.presence import AwarenessEntry, Presence

PAUSE: Final = 0.05
"""Least seconds between two messages about presence: carets move faster than anyone can see."""


class RoomPresence:
    """Gathers what changes and tells it at most every `PAUSE` seconds."""

    def __init__(self, attestation: Attestation, connections: Collection[Connection]) -> None:
        """`connections`: the room's, as it stands."""
        self._connections = connections
        self._states = Presence(attestation)
        self._writing: dict[Connection, set[int]] = {}
        self._people_stale = False
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def greet(self, connection: Connection) -> None:
        """For somebody who just joined."""
        self._writing[connection] = set()
        if connection.own_client:
            connection.send(wire.people_frame(self._people()))
        self.tell_states(connection)
        self._people_changed()

    def leave(self, connection: Connection) -> None:
        del self._writing[connection]
        self._states.leave(connection)
        self._people_changed()

    def update(self, connection: Connection, entries: Iterable[AwarenessEntry]) -> None:
        if self._states.update(connection, connection.member, entries):
            self._people_changed()
        else:
            self._soon()

    def wrote(self, connection: Connection, clients: Iterable[int]) -> None:
        """New structs of these client ids came over the connection."""
        known = self._writing[connection]
        if not known.issuperset(clients):
            known.update(clients)
            self._people_changed()

    def tell_states(self, connection: Connection) -> None:
        frame = self._states.present()
        if frame is not None:
            connection.send(frame)

    def _people_changed(self) -> None:
        self._people_stale = True
        self._soon()

    def _soon(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._last + PAUSE), self._tell)

    def _tell(self) -> None:
        self._timer = None
        self._last = asyncio.get_running_loop().time()
        states = self._states.take_changes()
        people = wire.people_frame(self._people()) if self._people_stale else None
        self._people_stale = False
        for connection in self._connections:
            if states is not None:
                connection.send(states)
            if people is not None and connection.own_client:
                connection.send(people)

    def _people(self) -> list[dict[str, object]]:
        """One entry a person, in the order of their coming."""
        clients: dict[int, set[int]] = {}
        members = {connection.member.person: connection.member for connection in self._connections}
        for connection in self._connections:
            own = clients.setdefault(connection.member.person, set())
            own |= self._writing[connection]
            own.update(self._states.clients_of(connection))
        return [
            {
                "clients": sorted(clients[person]),
                "person": person,
                "name": member.name,
                "municipality": member.municipality,
            }
            for person, member in members.items()
        ]
