"""Every way into a text: two processes over one database, sockets, plain HTTP, the service's own door."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pycrdt import Doc, Text
from sqlalchemy import delete, select

from server.domain.room_rights import RoomRights
from server.domain.text.errors import WriterTaken
from server.storage.engine.database import Database, open_database
from server.storage.tables.text import TextRow, UpdateRow
from server.storage.text.room_log import SqlUpdateLog, open_update_log
from server.sync.attestation import Member
from server.sync.passages import comment_update, rewording_update
from server.sync.projection import compact_updates, load_doc, read_text
from server.sync.room.checks.memory import remember
from server.sync.room.connection import Connection
from server.sync.room.limits import Limits
from server.sync.room.room import Room
from server.sync.room.socket import EachOnItsOwn
from server.sync.rooms import Rooms
from server.sync.wire import messages
from server.sync.wire.messages import Malformed, Reader
from server.web.live.polling import HttpSocket, PollingSession
from tests.sync.gaps.people_apart import Sent
from tests.sync.live_server import NOON, make_database

UNLIMITED = Limits(message_rate=1e6, message_burst=1e6, byte_rate=1e9, byte_burst=1e9)
WRITES = RoomRights(edit=True, suggest=True, comment=True)


@dataclass(eq=False)
class Received(EachOnItsOwn):
    """A socket that keeps what it is sent."""

    frames: list[bytes] = field(default_factory=list)
    end: tuple[int, str] | None = None

    def send(self, frame: bytes) -> None:
        self.frames.append(frame)

    def send_all(self, frames: Sequence[bytes]) -> None:
        self.frames += frames

    def close(self, code: int, reason: str) -> None:
        self.end = (code, reason)

    def cut(self) -> None:
        self.frames.clear()

    @property
    def updates(self) -> list[bytes]:
        """Of the text, as a browser would apply them."""
        return [Reader(frame[2:]).chunk() for frame in self.frames if frame[0] == 0 and frame[1] in (1, 2)]

    @property
    def questions(self) -> list[bytes]:
        """State vectors: the room asks for what lies beyond them."""
        return [Reader(frame[2:]).chunk() for frame in self.frames if frame[:2] == b"\x00\x00"]


def member(writer: int) -> Member:
    return Member(writer + 1, f"Person {writer}", "08317096", "Offenburg")


class Processes:
    """Two of them. `enter` opens the room at the first one."""

    def __init__(self, database: Database, log: SqlUpdateLog) -> None:
        self._database = database
        self.log = log
        self.here, self.there = (Rooms(log, lambda: NOON, UNLIMITED) for _ in range(2))
        for rooms in (self.here, self.there):
            rooms.start()

    async def new_text(self) -> int:
        async with self._database.write() as db:
            row = TextRow(declaration_id=1, kind="branch", language="de", name="", created_at=NOON)
            db.add(row)
            await db.flush()
            return row.id

    async def lose_rows(self, text_id: int, rng: random.Random) -> None:
        """As a copy that was restored in parts."""
        mine = UpdateRow.text_id == text_id
        async with self._database.write() as db:
            ids = await db.scalars(select(UpdateRow.id).where(mine))
            lost = [row for row in ids if rng.random() < 0.4]
            await db.execute(delete(UpdateRow).where(mine, UpdateRow.id.in_(lost)))

    async def rows(self, text_id: int) -> tuple[bytes, ...]:
        return (await self.log.load(text_id)).updates

    async def close(self) -> None:
        for rooms in (self.here, self.there):
            await rooms.close()


@asynccontextmanager
async def processes(folder: Path) -> AsyncIterator[Processes]:
    make_database(folder / "text.db")
    database = open_database(f"sqlite+aiosqlite:///{folder / 'text.db'}")
    log = open_update_log(database)
    both = Processes(database, log)
    try:
        yield both
    finally:
        await both.close()
        log.close()
        await database.close()


class People:
    """In one text: a reader who watches, and whoever sends something."""

    def __init__(self, processes: Processes, text_id: int) -> None:
        self._processes = processes
        self.text_id = text_id
        self.watcher = Received()

    async def enter(self, socket: Received | HttpSocket, writer: int) -> tuple[Room, Connection]:
        connection = Connection(
            socket, member(writer), lambda: 0.0, UNLIMITED, phase="drafting", rights=WRITES, own_client=False
        )
        return await self._processes.here.join(self.text_id, connection, declaration_id=1), connection

    async def watch(self) -> None:
        self.room, self.watching = await self.enter(self.watcher, 90)
        self.room.receive(self.watching, messages.step_1(b"\x00"))

    def stop_watching(self) -> None:
        self.room.leave(self.watching)

    async def by_socket(self, sent: Sent) -> None:
        await self.send(sent, Received())

    async def send(self, sent: Sent, socket: Received) -> None:
        room, connection = await self.enter(socket, sent.writer)
        room.receive(connection, messages.update_frame(sent.update))
        await self.settle()
        room.leave(connection)

    async def all_come_back(self, docs: Sequence[Doc[Text]]) -> None:
        """And answer the room's questions, as every client does, until it has no more."""
        sockets = [Received() for _ in docs]
        inside = [await self.enter(socket, writer) for writer, socket in enumerate(sockets)]
        await self.settle()
        asked = True
        while asked:
            asked = False
            for (room, connection), socket, doc in zip(inside, sockets, docs, strict=True):
                questions = socket.questions
                socket.frames.clear()
                for state_vector in questions:
                    room.receive(connection, messages.step_2(doc.get_update(state_vector)))
                    asked = True
                await self.settle()
        for room, connection in inside:
            room.leave(connection)

    async def by_http(self, sent: Sent) -> None:
        socket = HttpSocket(1 << 20)
        room, connection = await self.enter(socket, sent.writer)
        session = PollingSession("", room, connection, socket, lambda: None)
        await session.receive([messages.update_frame(sent.update)])
        await self.settle()
        session.leave()

    async def by_the_service(self, sent: Sent) -> None:
        await self._write(self._processes.here, sent)

    async def at_another_process(self, sent: Sent) -> None:
        await self._write(self._processes.there, sent)
        await self.follow()

    async def from_a_workshop(self, lead: Doc[Text], rng: random.Random) -> None:
        """What a guest said is taken over in the name of the first writer, whose page is open."""
        rows = await self._processes.rows(self.text_id)
        words = ["".join(run.text for run in block.runs) for block in read_text(rows)]
        passage, key = rng.choice(words), f"w{rng.randrange(1 << 30)}"
        change = (
            rewording_update(rows, member(0), passage, f"{passage} Dazu ein Satz.", NOON, key)
            if rng.random() < 0.5
            else comment_update(rows, passage, key)
        )
        if change is not None:
            await self._processes.here.write(self.text_id, change, member(0), declaration_id=1)
            for update in (load_doc(rows).get_update(), change):
                lead.apply_update(update)

    async def _write(self, rooms: Rooms, sent: Sent) -> None:
        """What builds on something that is not there is refused."""
        with suppress(Malformed, WriterTaken):
            await rooms.write(self.text_id, sent.update, member(sent.writer), declaration_id=1)

    async def follow(self) -> None:
        part = await self._processes.log.load_since(self.text_id, self.room.position)
        self.room.follow(part)
        unknown = self.room.unknown_writers()
        self.room.attestation.learn(await self._processes.log.load_writers(self.text_id, unknown), unknown)

    async def settle(self) -> None:
        """Until what was taken in is on disk: the service's own empty write comes after it."""
        await self._processes.here.write(self.text_id, b"\x00\x00", declaration_id=1)

    async def compact(self) -> None:
        await self.settle()
        await self._processes.log.compact(self.text_id, compact_updates, remember)
