"""Where the storage can commit within a moment, the room hears of it in the same turn of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from server.domain.errors import KraftaktError, WrongPhase
from server.domain.text.update_log import LogAppend
from server.sync.room.writer import GroupWriter
from server.sync.store import UpdateLog


@dataclass
class Store:
    """`quick`: whether it commits at once. Refuses what comes the long way."""

    quick: bool
    at_once: list[LogAppend] = field(default_factory=list)
    long_way: list[LogAppend] = field(default_factory=list)

    def append_at_once(self, batch: Sequence[LogAppend]) -> bool:
        self.at_once += batch
        return self.quick

    async def append(self, batch: Sequence[LogAppend]) -> Mapping[int, KraftaktError]:
        self.long_way += batch
        return {part.text_id: WrongPhase(phase="signing") for part in batch}


@dataclass(eq=False)
class Room:
    updates: tuple[bytes, ...] = (b"a key",)
    heard: list[str] = field(default_factory=list)
    text_id: int = 1

    def take(self) -> LogAppend:
        return LogAppend(self.text_id, self.updates)

    def committed(self) -> None:
        self.heard.append("committed")

    def refused(self, error: KraftaktError) -> None:
        self.heard.append(error.code)

    def storage_failed(self) -> None:
        raise AssertionError("this storage works")


async def one_turn(store: Store, room: Room) -> list[str]:
    """What the room has heard after one turn of the event loop."""
    writer = GroupWriter(cast("UpdateLog", store))
    writer.start()
    writer.mark(room)
    await asyncio.sleep(0)
    heard = list(room.heard)
    assert await writer.stop(10)
    return heard


def test_the_room_hears_of_it_in_the_same_turn() -> None:
    store, room = Store(quick=True), Room()
    assert asyncio.run(one_turn(store, room)) == ["committed"]
    assert (len(store.at_once), store.long_way) == (1, [])


def test_what_was_not_written_at_once_goes_the_long_way_whole() -> None:
    store, room = Store(quick=False), Room()
    assert asyncio.run(one_turn(store, room)) == []
    assert store.long_way == store.at_once
    assert room.heard == ["wrong_phase"], "which says why"


def test_nothing_to_write_asks_the_storage_for_nothing() -> None:
    store, room = Store(quick=True), Room(updates=())
    assert asyncio.run(one_turn(store, room)) == ["committed"]
    assert (store.at_once, store.long_way) == ([], [])
