"""What of a client's whole text is theirs to bring.

A client that answers the room's question sends all that the room lacks, other people's words among it: after
the log lost something (a copy was restored), everybody has those who were there. Each brings their own; what
builds on somebody else's waits until that person has been here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from server.sync.room.connection import Connection
from server.sync.wire.closed_part import closed_part
from server.sync.wire.update_check import UpdateFacts, check_update


class Incomplete:
    """The connections whose own text builds on something that is missing here."""

    def __init__(self) -> None:
        self._missing: dict[Connection, Mapping[int, int]] = {}

    def add(self, connection: Connection, missing: Mapping[int, int]) -> None:
        """`missing`: client → the clock that is needed next. Nothing is acknowledged before."""
        connection.waits_for_step_2 = True
        self._missing[connection] = missing

    def remove(self, connection: Connection) -> None:
        self._missing.pop(connection, None)

    def take_ready(self, clocks: Mapping[int, int]) -> list[Connection]:
        """Those to be asked again: something of what they lacked has come. `clocks`: what the text holds."""
        ready = [
            connection
            for connection, missing in self._missing.items()
            if any(clocks.get(client, 0) > clock for client, clock in missing.items())
        ]
        for connection in ready:
            del self._missing[connection]
        return ready


class OwnPart(NamedTuple):
    """`missing`: client → the clock that is needed next, before the client is asked once more."""

    update: bytes
    facts: UpdateFacts
    missing: Mapping[int, int]


def own_part(update: bytes, known: Mapping[int, int], foreign: Collection[int]) -> OwnPart:
    """What lacks nothing where `known` (client → next clock) is there, without the structs of `foreign`.

    Costs some ten times as much as the check of an update. Raises Malformed.
    """
    part = closed_part(update, known, foreign)
    return OwnPart(part.update, check_update(part.update), part.missing)
