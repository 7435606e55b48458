"""Ten thousand hostile frames against a room itself, and what grows without end for nobody's use.

`KRAFTAKT_HOSTILE_ROOM` (default 10,000) says how many.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pycrdt import Doc, Text

from server.domain.errors import KraftaktError
from server.domain.room_rights import RoomRights
from server.domain.text.update_log import LogAppend, LogPart, Standing, StoredLog, Writer
from server.sync.attestation import Member
from server.sync.room.connection import Connection
from server.sync.room.limits import Limits
from server.sync.room.room import Room
from server.sync.room.socket import EachOnItsOwn
from server.sync.rooms import Rooms
from server.sync.store import Merge, Remember
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode, Closing
from tests.sync.damage import Damage
from tests.waiting import HANG

FRAMES = int(os.environ.get("KRAFTAKT_HOSTILE_ROOM", "10000"))
UNLIMITED = Limits(message_rate=1e9, message_burst=1e9, byte_rate=1e12, byte_burst=1e12)
NAMED = {CloseCode.MALFORMED, CloseCode.NOT_ALLOWED, CloseCode.TOO_LARGE, CloseCode.TOO_FAST}
MEMORY = 30_000_000
"""Bytes by which the process may grow over the last two thirds of it."""


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


class MemoryLog:
    """Satisfies `server.sync.store.UpdateLog`."""

    def __init__(self) -> None:
        self.updates: list[bytes] = []
        self.memory = b""

    async def load(self, text_id: int) -> StoredLog:
        return StoredLog(tuple(self.updates))

    async def load_since(self, text_id: int, position: int) -> LogPart:
        raise NotImplementedError

    async def load_writers(self, text_id: int, clients: Collection[int]) -> Sequence[Writer]:
        raise NotImplementedError

    async def load_standings(self, text_ids: Collection[int]) -> Mapping[int, Standing]:
        raise NotImplementedError

    async def append(self, batch: Sequence[LogAppend]) -> Mapping[int, KraftaktError]:
        for part in batch:
            self.updates += part.updates
        return {}

    def append_at_once(self, batch: Sequence[LogAppend]) -> bool:
        return False

    async def compact(self, text_id: int, merge: Merge, remember: Remember) -> None:
        self.memory = remember(self.memory, self.updates)
        self.updates = [merge(self.updates)]


class Watcher(EachOnItsOwn):
    """A socket whose owner applies whatever is relayed, as a browser would."""

    def __init__(self) -> None:
        self.doc: Doc[Text] = Doc()
        self.closed: int | None = None
        self.saved = asyncio.Event()

    def send(self, frame: bytes) -> None:
        if frame[0] == 100:
            self.saved.set()
        kind, payload = frame[:2], frame[2:]
        if kind in (b"\x00\x01", b"\x00\x02"):
            self.doc.apply_update(messages.Reader(payload).chunk())

    def send_all(self, frames: Sequence[bytes]) -> None:
        for frame in frames:
            self.send(frame)

    def close(self, code: int, reason: str) -> None:
        self.closed = code

    def cut(self) -> None:
        self.closed = self.closed or 1006


async def join(rooms: Rooms, socket: Watcher, person: int) -> tuple[Room, Connection]:
    connection = Connection(
        socket,
        Member(person, f"P{person}"),
        lambda: 0.0,
        UNLIMITED,
        phase="drafting",
        rights=RoomRights(edit=True),
        own_client=True,
    )
    return await rooms.join(1, connection, declaration_id=1), connection


def hostile(damage: Damage, rng: random.Random) -> bytes:
    """Any of the damaged frames, one that is too large, or one that can never be resolved."""
    kind = rng.random()
    if kind < 0.01:
        return bytes(messages.MAX_FRAME + 1)
    if kind < 0.1:
        client = rng.randrange(1, 1 << 32)
        struct = b"\x84" + messages.encode_uint(client + 1) + b"\x05" + messages.encode_chunk(b"x")
        return messages.update_frame(b"\x01\x01" + messages.encode_uint(client) + b"\x00" + struct + b"\x00")
    return damage.frame()


def test_the_offender_is_closed_by_name_and_nobody_else_notices() -> None:
    async def scenario() -> None:
        log, rng, damage = MemoryLog(), random.Random(7), Damage(7)
        rooms = Rooms(log, lambda: datetime(2026, 6, 17, tzinfo=UTC), UNLIMITED)
        rooms.start()
        watcher = Watcher()
        room, watching = await join(rooms, watcher, 1)
        closed: dict[int, int] = {}
        begin = 0
        attacker: Connection | None = None
        for number in range(FRAMES):
            if number == FRAMES // 3:  # by then everything that is allocated once is there
                begin = resident()
            if attacker is None:
                _, attacker = await join(rooms, Watcher(), 2)
            try:
                await room.receive_large(attacker, hostile(damage, rng))
            except Closing as why:
                closed[why.code] = closed.get(why.code, 0) + 1
                attacker.close(why)
                room.leave(attacker)
                attacker = None
            if number % 20 == 0:
                await asyncio.sleep(0)  # the writer's turn
        assert set(closed) <= NAMED, closed
        assert len(closed) >= 2
        assert watching.open
        assert watcher.closed is None
        assert resident() - begin < MEMORY
        await write_as_before(rooms, room, watching, watcher, log)

    asyncio.run(scenario())


async def write_as_before(
    rooms: Rooms, room: Room, watching: Connection, watcher: Watcher, log: MemoryLog
) -> None:
    """An honest letter still reaches the log, and the watcher's text is the log's."""
    author: Doc[Text] = Doc()
    author.apply_update(watcher.doc.get_update())
    before = author.get_state()
    author.get("text", type=Text).insert(0, "Immer noch da.", {})
    room.receive(watching, messages.update_frame(author.get_update(before)))
    async with asyncio.timeout(HANG):
        await watcher.saved.wait()
    await rooms.close()
    author.apply_update(watcher.doc.get_update())
    stored: Doc[Text] = Doc()
    for update in log.updates:
        stored.apply_update(update)
    content = str(stored.get("text", type=Text))
    assert content == str(author.get("text", type=Text))
    assert "Immer noch da." in content
