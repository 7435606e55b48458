"""How many connections each person has in all rooms of this process."""

from __future__ import annotations

from collections import Counter

from server.sync.room.connection import Connection
from server.sync.wire.close_codes import CloseCode, Closing


class ConnectionCounts:
    def __init__(self) -> None:
        self._connections: Counter[int] = Counter()

    def enter(self, connection: Connection, most: int) -> None:
        """Counts it until it leaves its room. Raises Closing for one more than `most`."""
        person = connection.member.person
        if self._connections[person] >= most:
            raise Closing(CloseCode.TOO_MANY, "too many windows")
        self._connections[person] += 1
        connection.on_leave = lambda: self._leave(person)

    def _leave(self, person: int) -> None:
        self._connections[person] -= 1
        if not self._connections[person]:
            del self._connections[person]
