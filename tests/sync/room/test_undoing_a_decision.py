"""Ben proposed, Anna accepted; the log has been compacted and nobody was there since. Anna takes it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from pycrdt import Doc, Text, UndoManager

from server.domain.errors import KraftaktError
from server.domain.room_rights import RoomRights
from server.domain.text.update_log import LogAppend, StoredLog, Writer
from server.sync.attestation import Member
from server.sync.projection import compact_updates, seed_update
from server.sync.room.checks.memory import remember
from server.sync.room.connection import Connection
from server.sync.room.room import Room
from server.sync.rooms import Rooms
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.update_check import EMPTY_UPDATE
from tests.sync.room.test_hostile_room import UNLIMITED, MemoryLog, Watcher

NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)
NOW = int(NOON.timestamp())
BEN = f"2|Lahr|{NOW - 60}"


class LogWithWriters(MemoryLog):
    def __init__(self) -> None:
        super().__init__()
        self.updates.append(seed_update([]))
        self.writers: list[Writer] = []

    async def load(self, text_id: int) -> StoredLog:
        return StoredLog(tuple(self.updates), tuple(self.writers), memory=self.memory)

    async def append(self, batch: Sequence[LogAppend]) -> dict[int, KraftaktError]:
        for part in batch:
            self.updates += part.updates
            self.writers += part.writers
        return {}


def rooms_of(log: LogWithWriters) -> Rooms:
    rooms = Rooms(log, lambda: NOON, UNLIMITED)
    rooms.start()
    return rooms


async def sit(rooms: Rooms, person: int, town: str) -> tuple[Room, Connection]:
    connection = Connection(
        Watcher(),
        Member(person, f"P{person}", f"0831{person}", town),
        lambda: 0.0,
        UNLIMITED,
        phase="drafting",
        rights=RoomRights(edit=True),
        own_client=True,
    )
    room = await rooms.join(1, connection, declaration_id=1)
    room.receive(connection, messages.step_2(EMPTY_UPDATE))  # all that the page has is known
    return room, connection


async def decided(log: LogWithWriters) -> tuple[Doc[Text], UndoManager]:
    """What Anna's page holds once she has accepted Ben's proposal. The log is compacted, the room gone."""
    rooms = rooms_of(log)
    room, ben = await sit(rooms, 2, "Lahr")
    _, anna = await sit(rooms, 1, "Offenburg")
    docs: list[Doc[Text]] = [Doc(), Doc()]
    for doc in docs:
        doc.apply_update(log.updates[0])
    proposed, page = docs
    proposed.get("text", type=Text).insert(0, "Netze", {"ins:1": BEN})
    room.receive(ben, messages.update_frame(proposed.get_update()))
    page.apply_update(proposed.get_update())
    text = page.get("text", type=Text)
    undo = UndoManager(scopes=[text])
    before = page.get_state()
    text.format(0, 5, {"ins:1": None})
    room.receive(anna, messages.update_frame(page.get_update(before)))
    await rooms.close()
    await log.compact(1, compact_updates, remember)
    assert BEN.encode() not in b"".join(log.updates), "the compaction kept it, nothing is tried here"
    return page, undo


def test_the_undo_puts_the_proposal_back_in_bens_name() -> None:
    async def scenario() -> None:
        log = LogWithWriters()
        page, undo = await decided(log)
        rooms = rooms_of(log)
        room, anna = await sit(rooms, 1, "Offenburg")
        before = page.get_state()
        assert undo.undo()
        assert page.get("text", type=Text).diff()[0] == ("Netze", {"ins:1": BEN})
        room.receive(anna, messages.update_frame(page.get_update(before)))
        await rooms.close()
        assert BEN.encode() in b"".join(log.updates)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "name",
    [BEN, f"2|Lahr|{NOW + 1}", f"2|Offenburg|{NOW - 60}", f"3|Lahr|{NOW - 60}"],
    ids=["as Ben did elsewhere", "since the room was opened", "for another town", "by a stranger"],
)
def test_nothing_else_is_written_in_somebody_elses_name(name: str) -> None:
    async def scenario() -> None:
        log = LogWithWriters()
        page, _ = await decided(log)
        rooms = rooms_of(log)
        room, anna = await sit(rooms, 1, "Offenburg")
        before = page.get_state()
        page.get("text", type=Text).format(0, 5, {"ins:2": name})
        with pytest.raises(Closing) as why:
            room.receive(anna, messages.update_frame(page.get_update(before)))
        assert why.value.code is CloseCode.NOT_ALLOWED
        await rooms.close()

    asyncio.run(scenario())
