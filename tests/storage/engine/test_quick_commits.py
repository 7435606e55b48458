"""A commit on the event loop itself: only where it takes a moment, and never at the price of a loss."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from server.cli.migrate import upgrade
from server.domain.text.update_log import LogAppend, Writer
from server.storage.engine import quick_commits
from server.storage.engine.database import open_database
from server.storage.engine.quick_commits import IN_A_ROW, QuickCommits
from server.storage.text.room_log import SqlUpdateLog, open_update_log

KEY = [LogAppend(1, (b"a key",))]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0
        self.disk_takes = 0.0
        """Seconds between two looks at the clock."""

    def __call__(self) -> float:
        self.now += self.disk_takes
        return self.now


def make_declaration(database: Path) -> None:
    """Number 1, being drafted."""
    with writing(database) as connection:
        connection.execute(
            "INSERT INTO declarations (id, slug, title, issuer, phase, created_at) "
            "VALUES (7, 'probe', 'Probe', 'Ortenaukreis', 'drafting', '2026-06-01 12:00:00')"
        )
        connection.execute(
            "INSERT INTO texts (id, declaration_id, kind, language, name, created_at) "
            "VALUES (1, 7, 'original', 'de', '', '2026-06-01 12:00:00')"
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    database = tmp_path / "kraftakt.db"
    upgrade(f"sqlite+aiosqlite:///{database}")
    make_declaration(database)
    return database


@contextmanager
def writing(database: Path) -> Iterator[sqlite3.Connection]:
    """Holds the lock until the end of the block."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.execute("COMMIT")
    connection.close()


def rows(database: Path) -> list[bytes]:
    with sqlite3.connect(database) as connection:
        return [data for (data,) in connection.execute("SELECT data FROM updates ORDER BY id")]


class Quick(QuickCommits):
    """The disk has just answered: the next one may be quick."""

    def __init__(self, database: Path) -> None:
        self.clock = Clock()
        self.engine = create_engine(f"sqlite:///{database}")
        super().__init__(self._autocommitting, self.clock)
        assert not self.append(KEY)

    def _autocommitting(self) -> Connection:
        connection = self.engine.connect()
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.isolation_level = None
        return connection


def test_what_it_says_is_on_disk_is_read_by_everybody(path: Path) -> None:
    quick = Quick(path)
    assert quick.append(KEY)
    assert quick.append([LogAppend(1, (b"one", b"two"))])
    assert rows(path) == [b"a key", b"one", b"two"]


def test_the_first_one_after_a_silence_goes_the_long_way(path: Path) -> None:
    quick = Quick(path)
    assert quick.append(KEY)
    quick.clock.now += quick_commits.FRESH + 1
    assert [quick.append(KEY), quick.append(KEY)] == [False, True]
    assert len(rows(path)) == 2


def test_one_in_three_hundred_goes_the_long_way(path: Path) -> None:
    quick = Quick(path)
    turns = [quick.append(KEY) for _ in range(2 * IN_A_ROW + 2)]
    assert turns == [*[True] * IN_A_ROW, False] * 2
    assert len(rows(path)) == 2 * IN_A_ROW


def test_large_batches_go_the_long_way(path: Path) -> None:
    quick = Quick(path)
    assert not quick.append([LogAppend(1, (b"x" * 3_000,)), LogAppend(1, (b"x" * 3_000,))])
    assert rows(path) == []


def test_a_locked_database_is_not_waited_for(path: Path) -> None:
    quick = Quick(path)
    assert quick.append(KEY)
    with writing(path):
        assert not quick.append(KEY)
    assert quick.append(KEY)
    assert len(rows(path)) == 2


def test_a_disk_that_stumbles_once_is_quick_again_the_next_moment(path: Path) -> None:
    quick = Quick(path)
    quick.clock.disk_takes = 0.02
    assert quick.append(KEY)
    quick.clock.disk_takes = 0
    assert quick.append(KEY)
    assert len(rows(path)) == 2


def test_a_slow_disk_keeps_the_others_waiting_for_a_thousandth_of_the_time(path: Path) -> None:
    quick = Quick(path)
    quick.clock.disk_takes = 0.02
    waited, began = 0.0, quick.clock.now
    while quick.clock.now < began + 1_000:
        if quick.append(KEY):
            waited += quick.clock.disk_takes
        quick.clock.now += 0.5
    assert 0.9 < waited < 1.1 + quick_commits.SAVED / quick_commits.RESTS


def test_after_a_very_slow_commit_the_disk_is_left_alone_for_long(path: Path) -> None:
    quick = Quick(path)
    quick.clock.disk_takes = 0.1 + quick_commits.SAVED / quick_commits.RESTS
    assert quick.append(KEY)
    quick.clock.disk_takes = 0
    quick.clock.now += 99
    assert not quick.append(KEY)
    quick.clock.now += 2
    assert [quick.append(KEY), quick.append(KEY)] == [False, True], "and then as after any silence"
    assert len(rows(path)) == 2


def test_a_disk_that_did_not_answer_for_a_second_is_an_alarm(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quick = Quick(path)
    quick.clock.disk_takes = 1.5
    with caplog.at_level(logging.CRITICAL):
        assert quick.append(KEY)
    assert "storage did not answer for 1.5 s" in caplog.text


def test_what_the_phase_forbids_is_not_written(path: Path) -> None:
    quick = Quick(path)
    with writing(path) as connection:
        connection.execute("UPDATE declarations SET phase = 'signing'")
    assert not quick.append(KEY)
    assert not quick.append([LogAppend(1, (b"one", b"two"))])
    assert rows(path) == []


def test_a_failing_database_raises_nothing_and_rests(path: Path) -> None:
    quick = Quick(path)
    with writing(path) as connection:
        connection.execute("ALTER TABLE updates RENAME TO gone")
    assert not quick.append(KEY)
    with writing(path) as connection:
        connection.execute("ALTER TABLE gone RENAME TO updates")
    assert not quick.append(KEY), "rests"
    quick.clock.now += quick_commits.REST
    assert [quick.append(KEY), quick.append(KEY)] == [False, True]
    assert len(rows(path)) == 1


# The whole log


@asynccontextmanager
async def opened_log(path: Path) -> AsyncIterator[SqlUpdateLog]:
    database = open_database(f"sqlite+aiosqlite:///{path}")
    log = open_update_log(database)
    yield log
    log.close()
    await database.close()


def test_both_ways_write_one_log_in_the_order_of_their_commits(path: Path) -> None:
    marks = [b"%d" % number for number in range(2 * IN_A_ROW)]

    async def scenario() -> list[bool]:
        ways = []
        async with opened_log(path) as log:
            for mark in marks:
                batch = [LogAppend(1, (mark,))]
                ways.append(log.append_at_once(batch))
                if not ways[-1]:
                    assert not await log.append(batch)
            assert (await log.load(1)).updates == tuple(marks)
        return ways

    ways = asyncio.run(scenario())
    assert set(ways) == {False, True}, "both ways were taken"
    assert rows(path) == marks


def test_who_writes_for_the_first_time_goes_the_long_way(path: Path) -> None:
    anna = Writer(7, 1, None, datetime(2026, 6, 1, tzinfo=UTC))

    async def scenario() -> bool:
        async with opened_log(path) as log:
            assert not await log.append(KEY)
            return any(log.append_at_once([LogAppend(1, (b"hers",), (anna,))]) for _ in range(3))

    assert not asyncio.run(scenario())


def test_the_write_ahead_log_begins_anew_before_it_gets_long(path: Path) -> None:
    """Commits on the event loop never write it back; the one in three hundred that goes the long way does."""
    commits, pages_each, usual = 1_500, 3, 1_000
    frame = 24 + 4_096

    async def scenario() -> int:
        async with opened_log(path) as log:
            for _ in range(commits):
                if not log.append_at_once(KEY):
                    await log.append(KEY)
            return wal_size(path)

    frames = asyncio.run(scenario()) / frame
    assert usual < frames < usual + (IN_A_ROW + 10) * pages_each < commits * pages_each


def wal_size(path: Path) -> int:
    return Path(f"{path}-wal").stat().st_size
