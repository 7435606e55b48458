"""Between a commit of another process and the answer whose it was, nobody may pass for its writer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from pycrdt import Doc, Text

from server.domain.room_rights import RoomRights
from server.domain.text.update_log import LogPart, Writer
from server.sync.attestation import Attestation, Member
from server.sync.room.checks.schema_check import SchemaCheck
from server.sync.room.connection import Connection
from server.sync.room.limits import Limits
from server.sync.room.room import Room
from server.sync.room.socket import EachOnItsOwn
from server.sync.room.text_state import TextState
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode, Closing
from tests.sync.live_server import NOON

ELSEWHERE = 77


class Silent(EachOnItsOwn):
    """Whoever is sent something here does not matter."""

    def send(self, frame: bytes) -> None: ...

    def send_all(self, frames: Sequence[bytes]) -> None: ...

    def close(self, code: int, reason: str) -> None: ...

    def cut(self) -> None: ...


def forged() -> tuple[bytes, bytes]:
    """What another process has committed, and what somebody here adds with the same client id."""
    doc: Doc[Text] = Doc(client_id=ELSEWHERE)
    text = doc.get("text", type=Text)
    text.insert(0, "Von dort. ", {})
    first, before = doc.get_update(), doc.get_state()
    text.insert(0, "Von hier. ", {})
    return first, doc.get_update(before)


def scenario(act: Callable[[Room, Connection, bytes], None]) -> None:
    async def run() -> None:
        text = TextState(Doc(), SchemaCheck((), lambda: 0.0))
        room = Room(1, 1, text, Attestation((), text.clocks, lambda: NOON), Limits(), _nothing, _nothing)
        rights = RoomRights(edit=True)
        anna = Connection(
            Silent(),
            Member(1, "Anna"),
            lambda: 0.0,
            Limits(),
            phase="drafting",
            rights=rights,
            own_client=True,
        )
        room.join(anna)
        committed, added = forged()
        room.follow(LogPart((committed,), 1))
        act(room, anna, messages.update_frame(added))
        room.leave(anna)

    asyncio.run(run())


def _nothing(_: Room) -> None:
    """Nobody stores anything here."""


def test_whoever_writes_with_such_a_client_id_comes_back_when_it_is_known() -> None:
    def act(room: Room, anna: Connection, frame: bytes) -> None:
        with pytest.raises(Closing) as closed:
            room.receive(anna, frame)
        assert closed.value.code is CloseCode.ACCESS_CHANGED

    scenario(act)


def test_then_it_is_the_services_or_somebodys() -> None:
    def act(room: Room, anna: Connection, frame: bytes) -> None:
        assert room.unknown_writers() == [ELSEWHERE]
        room.attestation.learn([], [ELSEWHERE])
        with pytest.raises(Closing) as closed:
            room.receive(anna, frame)
        assert closed.value.code is CloseCode.NOT_ALLOWED

    scenario(act)


def test_who_turns_out_to_be_the_writer_goes_on() -> None:
    def act(room: Room, anna: Connection, frame: bytes) -> None:
        room.attestation.learn([Writer(ELSEWHERE, 1, None, NOON)], [ELSEWHERE])
        room.receive(anna, frame)
        assert room.take().updates

    scenario(act)
