"""What of a client's whole text is theirs to bring.

A client that answers the room's question sends all that the room lacks, other people's words among it: after
the log lost something (a copy was restored), everybody has those who were there. Each brings their own; what
builds on somebody else's waits until that person has been here. So does what repeats somebody's proposal:
whoever writes inside of it does so, and only its author can bring it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from server.sync.attestation import Attestation
from server.sync.room.connection import Connection
from server.sync.room.text_state import TextState
from server.sync.wire.closed_part import closed_part
from server.sync.wire.text_schema import Attribute
from server.sync.wire.update_check import UpdateFacts, check_update


class LeftOut(NamedTuple):
    """`begins`: client → the clock from which on it is left out. `foreign`: other people's clients among them
    → the clock that is needed next. `awaited`: marks that their authors have to bring first."""

    begins: Mapping[int, int]
    foreign: Mapping[int, int]
    awaited: frozenset[Attribute]


class OwnPart(NamedTuple):
    """`missing`: client → the clock that is needed next; when some of it or of `awaited` has come, the client
    is asked once more."""

    update: bytes
    facts: UpdateFacts
    missing: Mapping[int, int]
    awaited: frozenset[Attribute]


def own_part(update: bytes, known: Mapping[int, int], left_out: LeftOut) -> OwnPart:
    """What lacks nothing where `known` (client → next clock) is there, without what is left out.

    Costs some ten times as much as the check of an update. Raises Malformed.
    """
    part = closed_part(update, known, left_out.begins)
    missing = part.missing or left_out.foreign
    return OwnPart(part.update, check_update(part.update), missing, left_out.awaited)


class OwnParts:
    """Of one room: what its connections may bring, and who waits with the rest. Nothing outlives the
    connection."""

    def __init__(self, text: TextState, attestation: Attestation) -> None:
        self._text = text
        self._attestation = attestation
        self._waiting: dict[Connection, OwnPart] = {}

    def left_out(self, connection: Connection, facts: UpdateFacts) -> LeftOut | None:
        """Of a client's whole text; None: it is all theirs and lacks nothing."""
        clocks, member = self._text.clocks, connection.member
        foreign = {client for client in facts.adds_to(clocks) if not self._attestation.allows(client, member)}
        connection.may_hold_more = bool(foreign)
        if not foreign and not facts.lacks_in(clocks):
            return None
        if connection.rights.edit or connection.rights.suggest:
            self._text.vouch((mark for client, mark in facts.attributes if client in foreign), member)
        unheld = self._text.unheld(facts, member, comments=connection.rights.comment)
        own = {client: first for client, first in unheld.items() if client not in foreign}
        begins = {client: clock for client, (clock, _) in own.items()} | dict.fromkeys(foreign, 0)
        needed = {client: clocks.get(client, 0) for client in foreign}
        return LeftOut(begins, needed, frozenset(mark for _, mark in own.values()))

    def wait(self, connection: Connection, part: OwnPart) -> None:
        """With what is not in the part. Nothing is acknowledged before."""
        connection.waits_for_step_2 = True
        self._waiting[connection] = part._replace(update=b"", facts=UpdateFacts())

    def remove(self, connection: Connection) -> None:
        self._waiting.pop(connection, None)

    def take_ready(self) -> list[Connection]:
        """Those to be asked again: something of what they lacked has come."""
        ready = [connection for connection, part in self._waiting.items() if self._may_go_on(part)]
        for connection in ready:
            del self._waiting[connection]
        return ready

    def _may_go_on(self, part: OwnPart) -> bool:
        clocks = self._text.clocks
        return any(clocks.get(client, 0) > clock for client, clock in part.missing.items()) or any(
            map(self._text.holds, part.awaited)
        )
