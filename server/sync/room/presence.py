"""Sends everybody in a room the list of who is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from server.sync.attestation import Attestation
from server.sync.presence.awareness import AwarenessEntry, Presence
from server.sync.presence.remote import RemotePresence
from server.sync.room.broadcast import Broadcast
from server.sync.room.connection import Connection
from server.sync.wire import messages
from server.sync.wire.peer_messages import PresenceNews, RemotePerson

PAUSE: Final = 0.05
"""Least seconds between two messages about presence: carets move faster than anyone can see."""


PublishPresence = Callable[[tuple[RemotePerson, ...] | None, Mapping[int, bytes]], None]
"""Takes who is here (None: as before) and what changed: person → awareness payload."""


def published(text_id: int, publish: Callable[[PresenceNews], None] | None) -> PublishPresence | None:
    """Of this text. None where nobody else serves it."""
    if publish is None:
        return None
    return lambda people, states: publish(PresenceNews(text_id, people, states))


class RoomPresence:
    """Gathers what changes and tells it at most every `PAUSE` seconds."""

    def __init__(
        self,
        attestation: Attestation,
        connections: Collection[Connection],
        broadcast: Broadcast,
        publish: PublishPresence | None = None,
    ) -> None:
        """`connections`, `broadcast`: the room's. `publish`: None in a single process."""
        self._connections = connections
        self._broadcast = broadcast
        self._states = Presence(attestation)
        self.remote = RemotePresence(self._states, self._all_changed)
        self._publish = publish
        self._people_here_stale = False
        self._writing: dict[Connection, set[int]] = {}
        self._people_stale = False
        self._told = b""
        """The last list that was sent, except to these connections:"""
        self._newcomers: set[Connection] = set()
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def greet(self, connection: Connection) -> None:
        """For somebody who just joined. Who is here they hear together with all others."""
        self._writing[connection] = set()
        if connection.own_client:
            self._newcomers.add(connection)
        self.send_states(connection)
        self._people_changed()

    def leave(self, connection: Connection) -> None:
        del self._writing[connection]
        self._newcomers.discard(connection)
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

    def send_states(self, connection: Connection) -> None:
        frame = self._states.present()
        if frame is not None:
            connection.send(frame)

    def publish_all(self) -> None:
        """Somebody over there asked."""
        if self._publish is not None:
            self._publish(self._people_here(), self._states.whole_here())

    def _people_changed(self) -> None:
        self._people_here_stale = True
        self._all_changed()

    def _all_changed(self) -> None:
        self._people_stale = True
        self._soon()

    def _soon(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._last + PAUSE), self._tell)

    def _tell(self) -> None:
        self._timer = None
        self._last = asyncio.get_running_loop().time()
        here = self._states.take_changes_here()
        states = self._states.take_changes()
        if states is not None:
            self._broadcast.send([states])
        if self._people_stale:
            self._people_stale = False
            self._send_people()
        if self._publish is not None and (here or self._people_here_stale):
            self._publish(self._people_here() if self._people_here_stale else None, here)
        self._people_here_stale = False

    def _send_people(self) -> None:
        """Stock clients would not know what it is. Another window of somebody who is here is no news."""
        frame = messages.people_frame(self._people())
        if frame == self._told:
            for connection in self._newcomers:
                connection.send(frame)
        else:
            stock = {connection.socket for connection in self._connections if not connection.own_client}
            self._broadcast.send([frame], but=stock)
            self._told = frame
        self._newcomers.clear()

    def _people(self) -> list[dict[str, object]]:
        """One entry a person, in the order of their coming; those at other processes last."""
        clients = self._clients_here()
        members = {connection.member.person: connection.member for connection in self._connections}
        for remote in self.remote.people():
            members.setdefault(remote.member.person, remote.member)
            clients.setdefault(remote.member.person, set()).update(remote.clients)
        return [
            {
                "clients": sorted(clients[person]),
                "person": person,
                "name": member.name,
                "municipality": member.municipality,
            }
            for person, member in members.items()
        ]

    def _clients_here(self) -> dict[int, set[int]]:
        """Person → the client ids they write or show themselves with."""
        clients: dict[int, set[int]] = {}
        for connection in self._connections:
            own = clients.setdefault(connection.member.person, set())
            own |= self._writing[connection]
            own.update(self._states.clients_of(connection))
        return clients

    def _people_here(self) -> tuple[RemotePerson, ...]:
        """In the form that the other processes get."""
        clients = self._clients_here()
        members = {connection.member.person: connection.member for connection in self._connections}
        return tuple(RemotePerson(member, tuple(clients[person])) for person, member in members.items())
