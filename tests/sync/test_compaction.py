"""A log is compacted without ever holding less than the truth."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pycrdt import Doc, Text
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from server.domain.text.update_log import LogAppend, Writer
from server.storage.engine.database import open_database
from server.storage.tables.base import Base
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.text import TextRow, UpdateBaseRow, UpdateRow
from server.storage.text.room_log import SqlUpdateLog, open_update_log
from server.sync.projection import compact_updates, load_doc
from server.sync.room.checks.memory import remember
from tests.cost import measured
from tests.sync.compacting import COMPACTED
from tests.sync.served import Start

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("KRAFTAKT_COMPACTION_ROUNDS", "3"))
EDITS = int(os.environ.get("KRAFTAKT_EDITS", "4000"))
NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)


@pytest.fixture
def url(database_url: str) -> str:
    """A database with one declaration that is being drafted."""

    async def make() -> None:
        engine = create_async_engine(database_url)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
            row = {"id": 7, "slug": "a", "title": "A", "issuer": "O", "phase": "drafting", "created_at": NOON}
            await connection.execute(DeclarationRow.__table__.insert().values(row))
            original = {"id": 1, "declaration_id": 7, "kind": "original", "language": "de", "name": ""}
            await connection.execute(TextRow.__table__.insert().values(original | {"created_at": NOON}))
        await engine.dispose()

    asyncio.run(make())
    return database_url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlUpdateLog]:
    database = open_database(url)
    log = open_update_log(database)
    yield log
    log.close()
    await database.close()


def edits(count: int, seed: int = 1) -> list[bytes]:
    """One person types, wanders about and deletes."""
    rng, made = random.Random(seed), list[bytes]()
    doc: Doc[Text] = Doc(client_id=seed)
    text = doc.get("text", type=Text)
    subscription = doc.observe(lambda event: made.append(event.update))
    at = length = 0
    for _ in range(count):
        if rng.random() < 0.05:
            at = rng.randrange(length + 1)
        if at and rng.random() < 0.3:
            at, length = at - 1, length - 1
            del text[at : at + 1]
        else:
            text.insert(at, rng.choice("abc"), {})
            at, length = at + 1, length + 1
    doc.unobserve(subscription)
    return made


def text_of(updates: Iterable[bytes]) -> str:
    return str(load_doc(updates).get("text", type=Text))


async def counts(url: str) -> tuple[int, int]:
    """How many bases and how many rows there are."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        bases = await connection.scalar(select(func.count()).select_from(UpdateBaseRow))
        rows = await connection.scalar(select(func.count()).select_from(UpdateRow))
    await engine.dispose()
    return bases or 0, rows or 0


def test_the_text_is_the_same_and_the_rows_are_gone(url: str) -> None:
    async def scenario() -> None:
        made = edits(300)
        writer = Writer(1, 7, None, NOON)
        async with opened(url) as log:
            await log.append([LogAppend(1, tuple(made), (writer,))])
            before = await log.load(1)
            await log.compact(1, compact_updates, remember)
            after = await log.load(1)
            assert await counts(url) == (1, 0)
            assert text_of(after.updates) == text_of(before.updates) == text_of(made)
            assert after.writers == before.writers == (writer,)
            assert after.position == before.position

    asyncio.run(scenario())


def test_what_is_written_after_a_compaction_of_everything_is_read_too(url: str) -> None:
    async def scenario() -> None:
        made = edits(60)
        async with opened(url) as log:
            for start in range(0, 60, 20):
                await append(log, made[start : start + 20])
                assert text_of((await log.load(1)).updates) == text_of(made[: start + 20])
                await log.compact(1, compact_updates, remember)

    asyncio.run(scenario())


def test_what_arrives_while_it_is_compacted_stays(url: str) -> None:
    async def scenario() -> None:
        made = edits(60)
        async with opened(url) as log:
            await log.append([LogAppend(1, tuple(made[:30]))])
            loop = asyncio.get_running_loop()

            def merge(updates: Iterable[bytes]) -> bytes:
                appended = asyncio.run_coroutine_threadsafe(append(log, made[30:]), loop)
                appended.result(10)
                return compact_updates(updates)

            await log.compact(1, merge, remember)
            assert await counts(url) == (1, 30)
            assert text_of((await log.load(1)).updates) == text_of(made)

    asyncio.run(scenario())


async def append(log: SqlUpdateLog, updates: list[bytes]) -> None:
    await log.append([LogAppend(1, tuple(updates))])


def test_of_two_compactions_at_once_the_second_gives_way(url: str) -> None:
    async def scenario() -> None:
        made = edits(60)
        async with opened(url) as log:
            await append(log, made[:30])
            loop = asyncio.get_running_loop()

            def merge(updates: Iterable[bytes]) -> bytes:
                merged = compact_updates(updates)
                asyncio.run_coroutine_threadsafe(overtake(), loop).result(10)
                return merged

            async def overtake() -> None:
                await append(log, made[30:])
                await log.compact(1, compact_updates, remember)

            await log.compact(1, merge, remember)
            assert await counts(url) == (1, 0)
            assert text_of((await log.load(1)).updates) == text_of(made)

    asyncio.run(scenario())


def test_killed_in_between_it_loses_nothing(url: str) -> None:
    rng = random.Random(4)
    for _ in range(ROUNDS):
        marks = run_until_killed(url, rng.randint(5, 60))
        stored = asyncio.run(stored_text(url))
        assert [mark for mark in marks if mark not in stored] == []
    assert asyncio.run(counts(url))[0] == 1


def run_until_killed(url: str, lines: int) -> list[str]:
    """The marks whose commit had ended; there are at least `lines`, and something was compacted."""
    child = subprocess.Popen(
        [sys.executable, str(HERE / "compacting.py"), url],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said: list[str] = []
    while len(said) < lines or COMPACTED not in said:
        said.append(child.stdout.readline().strip())
        assert said[-1], "the child has ended by itself"
    child.kill()
    said += child.stdout.read().split("\n")[:-1]
    child.stdout.close()
    child.wait()
    return [line for line in said if line != COMPACTED]


async def stored_text(url: str) -> str:
    async with opened(url) as log:
        return text_of((await log.load(1)).updates)


def test_a_room_compacts_its_log_when_the_last_one_leaves(start: Start) -> None:
    server = start()

    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            for _ in range(260):
                anna.type("x")
                await anna.until_saved()
        assert await asyncio.to_thread(server.lab.log.compacted.wait, 10)
        async with server.client("ben") as ben:
            await ben.until_content("x" * 260)

    asyncio.run(scenario())
    assert asyncio.run(counts(f"sqlite+aiosqlite:///{server.lab.database}")) == (1, 0)


def test_a_log_much_longer_than_its_text_is_compacted_too(start: Start) -> None:
    """Few rows, but large ones, of which little is left."""
    server = start()

    async def scenario() -> None:
        async with server.client("anna") as anna:
            for _ in range(6):
                anna.type(("x" * 99 + "\n") * 300)
                await anna.until_saved()
                del anna.text[0:30_000]
                await anna.until_saved()
            anna.type("Rest")
            await anna.until_saved()
        assert await asyncio.to_thread(server.lab.log.compacted.wait, 10)
        async with server.client("ben") as ben:
            await ben.until_content("Rest")

    asyncio.run(scenario())
    assert asyncio.run(counts(f"sqlite+aiosqlite:///{server.lab.database}")) == (1, 0)


def test_a_long_text_is_not_compacted_for_being_long(start: Start) -> None:
    server = start()

    async def scenario() -> None:
        for _ in range(2):
            async with server.client("anna") as anna:
                anna.type(("x" * 99 + "\n") * 800)
                await anna.until_saved()

    asyncio.run(scenario())
    server.stop()
    assert not server.lab.log.compacted.is_set()


def test_a_compacted_history_loads_in_a_blink() -> None:
    """`KRAFTAKT_EDITS=260000` for the whole of it; then it takes 30 ms."""
    base = compact_updates(edits(EDITS))
    with measured() as cost:
        load_doc([base])
    assert cost.seconds < 0.3
