"""A small application of the tests' own around the live endpoint.

As a program (`python live_server.py DATABASE PORT`) it is the victim of the kill tests.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import uvicorn
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from server.domain.declarations import Declaration, Phase
from server.domain.errors import KraftaktError, NotAllowed, NotFound, NotSignedIn
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import Access, can_join_room, room_rights
from server.domain.text.update_log import LogAppend, LogPart, Standing, StoredLog, Writer
from server.settings import FastPath
from server.storage.engine.database import open_database
from server.storage.tables.base import Base
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.text import TextRow
from server.storage.text.room_log import SqlUpdateLog, open_update_log
from server.sync.room.limits import Limits
from server.sync.room.writer import Pace
from server.sync.rooms import Rooms
from server.sync.store import Merge, Remember, UpdateLog
from server.web.live.endpoint import Admission, Place, live_endpoint
from server.web.live.serving import create_server
from tests.sync.fast_paths import FastPaths, chosen

OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr/Schwarzwald", MunicipalityKind.GROSSE_KREISSTADT)
PEOPLE: Mapping[str, tuple[Person, frozenset[Role], Municipality | None]] = {
    "anna": (Person(1, "anna@example.org", "Anna"), frozenset({Role.EDITOR}), OFFENBURG),
    "ben": (Person(2, "ben@example.org", "Ben"), frozenset({Role.EDITOR}), LAHR),
    "clara": (Person(3, "clara@example.org", "Clara"), frozenset({Role.COORDINATOR}), None),
    "emil": (Person(5, "emil@example.org", "Emil"), frozenset({Role.PRESS}), None),
}
SLUGS = {"appell": 1, "zweite": 2}
"""Slug → id of the declaration."""
TEXTS = {"appell": 12, "zweite": 11}
"""Slug → id of its original."""
NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)


def make_database(path: Path) -> None:
    """Two declarations that are being drafted."""
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for slug, number in SLUGS.items():
            session.add(
                DeclarationRow(
                    id=number,
                    slug=slug,
                    title="Digitaler Appell",
                    issuer="Ortenaukreis",
                    phase="drafting",
                    created_at=NOON,
                )
            )
            session.add(
                TextRow(
                    id=TEXTS[slug],
                    declaration_id=number,
                    kind="original",
                    language="de",
                    name="",
                    created_at=NOON,
                )
            )
        session.commit()
    engine.dispose()


def set_phase(path: Path, phase: Phase, number: int | None = None) -> None:
    """What an action commits, seen by the update log only."""
    engine = create_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        rows = session.query(DeclarationRow)
        if number is not None:
            rows = rows.filter(DeclarationRow.id == number)
        rows.update({"phase": phase.value})
        session.commit()
    engine.dispose()


class GatedLog:
    """The real log behind a gate: `gate` holds commits back, `held` the loading of a text, `failing` lets
    them fail."""

    def __init__(self, log: UpdateLog) -> None:
        self._log = log
        self.gate = asyncio.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.failing = False
        self.failing_for: set[int] = set()
        self.compacted = threading.Event()
        self.loads = 0
        self.held: dict[int, asyncio.Event] = {}
        self.loading = threading.Event()

    async def load(self, text_id: int) -> StoredLog:
        self.loads += 1
        if self.failing:
            raise OSError("no disk")
        if text_id in self.held:
            self.loading.set()
            await self.held[text_id].wait()
        return await self._log.load(text_id)

    async def append(self, batch: Sequence[LogAppend]) -> Mapping[int, KraftaktError]:
        self.entered.set()
        await self.gate.wait()
        if self.failing or self.failing_for & {part.text_id for part in batch}:
            raise OSError("disk full")
        return await self._log.append(batch)

    def append_at_once(self, batch: Sequence[LogAppend]) -> bool:
        if self.failing or self.failing_for or not self.gate.is_set():
            return False
        self.entered.set()
        return self._log.append_at_once(batch)

    async def compact(self, text_id: int, merge: Merge, remember: Remember) -> None:
        await self._log.compact(text_id, merge, remember)
        self.compacted.set()

    async def load_since(self, text_id: int, position: int) -> LogPart:
        return await self._log.load_since(text_id, position)

    async def load_writers(self, text_id: int, clients: Collection[int]) -> Sequence[Writer]:
        return await self._log.load_writers(text_id, clients)

    async def load_standings(self, text_ids: Collection[int]) -> Mapping[int, Standing]:
        return await self._log.load_standings(text_ids)


class Lab:
    """The application's parts, for the tests to reach."""

    def __init__(
        self,
        database: Path,
        fast_paths: FastPaths,
        limits: Limits | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.database = database
        self.fast_paths = fast_paths
        self.phase = Phase.DRAFTING
        self.readers: set[str] = set()
        """Names of those who may only read."""
        self.suggesters: set[str] = set()
        """Names of those who may only suggest."""
        self.texts: dict[str, int] = {}
        """Name → the text whose room they come into; everybody else into the original's."""
        self.originals: dict[int, int] = {}
        """Of texts that are branches."""
        self.lasts: dict[str, float] = {}
        """Seconds for which somebody is still signed in; everybody else for ever."""
        self.ready = threading.Event()
        self.limits = limits or Limits()
        self.pace = pace or Pace(retry=0.05)

    async def open(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._opened = open_database(f"sqlite+aiosqlite:///{self.database}")
        self.sql_log: SqlUpdateLog = open_update_log(self._opened, quick=FastPath.COMMITS in self.fast_paths)
        self.log = GatedLog(self.sql_log)
        self.rooms = Rooms(self.log, lambda: NOON, self.limits, self.pace)
        self.rooms.start()
        self.ready.set()

    async def close(self) -> None:
        await self.rooms.close()
        self.sql_log.close()
        await self._opened.close()

    async def admit(self, websocket: WebSocket) -> Admission:
        slug = websocket.path_params["slug"]
        name = websocket.cookies.get("session", "")
        if not name:
            raise NotSignedIn()
        if name not in PEOPLE or slug not in SLUGS:
            raise NotFound()
        person, roles, town = PEOPLE[name]
        if name in self.suggesters:
            roles = frozenset({Role.SUGGESTER})
        phase = Phase.SIGNING if name in self.readers else self.phase
        text = self.texts.get(name, TEXTS[slug])
        declaration = Declaration(
            SLUGS[slug], slug, "Digitaler Appell", phase, "Ortenaukreis", None, None, text
        )
        access = Access(person, declaration, roles, town)
        if not can_join_room(access):
            raise NotAllowed()
        place = Place(text, room_rights(access), self.originals.get(text))
        return Admission(access, place, self.lasts.get(name, inf))


def build_app(lab: Lab) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await lab.open()
        yield
        await lab.close()

    async def endpoint(websocket: WebSocket) -> None:
        await live_endpoint(lab.rooms, lab.admit, ["https://kraftakt.example"])(websocket)

    return Starlette(routes=[WebSocketRoute("/ws/declarations/{slug}", endpoint)], lifespan=lifespan)


def uvicorn_server(app: Starlette, fast_paths: FastPaths) -> uvicorn.Server:
    """As in production, but for the port."""
    return create_server(
        app,
        direct=FastPath.SOCKETS in fast_paths,
        ws_max_size=4 << 20,
        ws_per_message_deflate=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


def listening_socket() -> socket.socket:
    """On a free port; who connects before the server runs waits for it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    return listener


def main() -> None:
    """Prints its port."""
    unlimited = Limits(message_rate=1e6, message_burst=1e6, byte_rate=1e9, byte_burst=1e9)
    lab = Lab(Path(sys.argv[1]), chosen(), unlimited, Pace())
    listener = listening_socket()
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn_server(build_app(lab), lab.fast_paths).run(sockets=[listener])


if __name__ == "__main__":
    main()
