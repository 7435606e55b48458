"""How long the writer waits for more: the more rooms a commit serves, the longer until the next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from server.domain.errors import KraftaktError
from server.domain.text.update_log import LogAppend
from server.sync.room.writer import MANY, GroupWriter, Pace
from server.sync.store import UpdateLog
from tests.waiting import HANG

LONG = 0.1


class Store:
    """Remembers when which commit began; answers at once."""

    def __init__(self) -> None:
        self.commits: list[tuple[float, int]] = []

    async def append(self, batch: Sequence[LogAppend]) -> Mapping[int, KraftaktError]:
        self.commits.append((asyncio.get_running_loop().time(), len(batch)))
        return {}

    def append_at_once(self, batch: Sequence[LogAppend]) -> bool:
        return False


@dataclass(eq=False)
class Room:
    text_id: int
    done: asyncio.Event

    def take(self) -> LogAppend:
        return LogAppend(self.text_id, (b"x",))

    def committed(self) -> None:
        self.done.set()

    def refused(self, error: KraftaktError) -> None:
        raise AssertionError(error)

    def storage_failed(self) -> None:
        raise AssertionError("this storage works")


async def two_commits(rooms: int, pace: Pace) -> Store:
    """All rooms write; as soon as that is on disk the first writes again."""
    store = Store()
    writer = GroupWriter(cast("UpdateLog", store), pace)
    writer.start()
    all_rooms = [Room(number, asyncio.Event()) for number in range(rooms)]
    for room in all_rooms:
        writer.mark(room)
    for room in all_rooms:
        await asyncio.wait_for(room.done.wait(), HANG)
    all_rooms[0].done.clear()
    writer.mark(all_rooms[0])
    await asyncio.wait_for(all_rooms[0].done.wait(), HANG)
    assert await writer.stop(1)
    return store


def test_after_a_commit_for_many_rooms_more_is_gathered() -> None:
    store = asyncio.run(two_commits(MANY, Pace(gather=0, gather_many=LONG)))
    (first, size), (second, _) = store.commits
    assert size == MANY
    assert second - first >= LONG * 0.99


def test_a_few_rooms_do_not_wait_that_long() -> None:
    """With an hour for many, they would never come to an end."""
    store = asyncio.run(two_commits(MANY - 1, Pace(gather=0, gather_many=3600)))
    assert [size for _, size in store.commits] == [MANY - 1, 1]
