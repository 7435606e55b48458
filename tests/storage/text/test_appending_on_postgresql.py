"""Several processes append to one log on PostgreSQL: the order of ids is that of the commits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from server.domain.errors import WrongPhase
from server.domain.text.errors import WriterTaken
from server.domain.text.update_log import LogAppend, LogGrowth, Writer
from server.storage.engine.database import Database, open_database
from server.storage.tables.base import Base
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.text import TextRow
from server.storage.text.notifications import Notifications
from server.storage.text.room_log import SqlUpdateLog, open_update_log
from tests.postgres import Postgres
from tests.waiting import HANG

NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    yield database
    await database.close()


@pytest.fixture
def url(postgres: Postgres) -> str:
    """Two declarations that are being drafted, with the texts 1 and 2."""
    found = postgres.new_database()

    async def make() -> None:
        async with opened(found) as database, database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
            facts = {"title": "A", "issuer": "O", "phase": "drafting", "created_at": NOON}
            rows = [{"id": number, "slug": f"a{number}", **facts} for number in (11, 12)]
            await connection.execute(DeclarationRow.__table__.insert(), rows)
            facts = {"kind": "original", "language": "de", "name": "", "created_at": NOON}
            rows = [{"id": number, "declaration_id": number + 10, **facts} for number in (1, 2)]
            await connection.execute(TextRow.__table__.insert(), rows)

    asyncio.run(make())
    return found


def append(log: SqlUpdateLog, data: bytes, *writers: Writer) -> Coroutine[object, object, object]:
    async def run() -> object:
        return await log.append([LogAppend(1, (data,), writers)])

    return run()


def test_an_append_waits_for_the_freeze_and_is_refused(url: str) -> None:
    async def scenario() -> None:
        async with opened(url) as database, database.engine.connect() as freezing:
            log = open_update_log(database, "one")
            await freezing.execute(text("SELECT phase FROM declarations WHERE id = 11 FOR UPDATE"))
            appending = asyncio.create_task(append(log, b"late"))
            await until_somebody_waits(freezing_url=url)
            assert not appending.done()
            await freezing.execute(text("UPDATE declarations SET phase = 'signing' WHERE id = 11"))
            await freezing.commit()
            refused = await appending
            assert isinstance(refused, dict)
            assert isinstance(refused[1], WrongPhase)
            assert (await log.load(1)).updates == ()

    asyncio.run(scenario())


async def until_somebody_waits(freezing_url: str) -> None:
    """The database itself says that a transaction waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    async with opened(freezing_url) as database, database.engine.connect() as connection:
        async with asyncio.timeout(HANG):
            while not await connection.scalar(waiting):
                await connection.rollback()


def test_a_client_id_belongs_to_the_first_process_that_stored_it(url: str) -> None:
    anna, ben = Writer(5, 1, "08317096", NOON), Writer(5, 2, "08317065", NOON)

    async def scenario() -> None:
        async with opened(url) as database:
            one, two = open_update_log(database, "one"), open_update_log(database, "two")
            assert await append(one, b"a", anna) == {}
            refused = await append(two, b"b", ben)
            assert isinstance(refused, dict)
            assert isinstance(refused[1], WriterTaken)
            assert await append(two, b"c", anna) == {}  # the same person, now over another process
            stored = await one.load(1)
            assert (stored.updates, stored.writers) == ((b"a", b"c"), (anna,))

    asyncio.run(scenario())


def test_whoever_sees_a_row_sees_all_before_it(url: str) -> None:
    """Writers at once, and a reader that never looks back."""

    async def write(log: SqlUpdateLog, name: str) -> None:
        for number in range(60):
            both = [
                LogAppend(key, (f"{name}{number}".encode(),)) for key in ((1, 2) if number % 2 else (2, 1))
            ]
            assert await log.append(both) == {}

    async def read(log: SqlUpdateLog, enough: int) -> list[bytes]:
        seen: list[bytes] = []
        position = 0
        while len(seen) < enough:
            part = await log.load_since(1, position)
            position = part.position
            seen += part.updates
        return seen

    async def scenario() -> None:
        async with opened(url) as database:
            logs = [open_update_log(database, name) for name in "abc"]
            reading = asyncio.create_task(read(open_update_log(database, "r"), 180))
            await asyncio.gather(*(write(log, name) for log, name in zip(logs, "abc", strict=True)))
            seen = await asyncio.wait_for(reading, HANG)
            assert len(seen) == len(set(seen)) == 180
            for name in b"abc":
                own = [data for data in seen if data[0] == name]
                assert own == sorted(own, key=lambda data: int(data[1:]))

    asyncio.run(scenario())


def test_notifications_come_in_the_order_of_commits_without_a_gap(url: str) -> None:
    async def scenario() -> None:
        grown: list[LogGrowth] = []
        heard: list[tuple[str, bytes]] = []
        listening, complete = asyncio.Event(), asyncio.Event()

        def hear(origin: str, message: bytes) -> None:
            heard.append((origin, message))
            complete.set()

        async with opened(url) as database:
            one = open_update_log(database, "one")
            listener = asyncio.create_task(
                Notifications(database.engine, "two").listen(grown.append, hear, listening.set)
            )
            await asyncio.wait_for(listening.wait(), HANG)
            for number in range(20):
                await append(one, bytes([number]))
            long = bytes(range(256)) * 100
            await Notifications(database.engine, "one").publish([long])
            await asyncio.wait_for(complete.wait(), HANG)
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)
        assert heard == [("one", long)]
        assert len(grown) == 20
        assert [growth.before for growth in grown] == [0, *(growth.position for growth in grown[:-1])]

    asyncio.run(scenario())
