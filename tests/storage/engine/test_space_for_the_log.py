"""SQLite's write-ahead log has its size from the beginning."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from server.storage.engine import wal_space
from server.storage.engine.transactions import SqliteRunner

COMMITS = 2 * wal_space.PAGES


def open_runner(database: Path) -> SqliteRunner:
    return SqliteRunner(create_async_engine(f"sqlite+aiosqlite:///{database}"))


def make_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE notes (number INTEGER PRIMARY KEY)")


def write_down(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO notes DEFAULT VALUES")


def count(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])


def test_it_does_not_grow_while_much_is_committed(tmp_path: Path) -> None:
    database = tmp_path / "test.db"
    log = tmp_path / "test.db-wal"

    async def scenario() -> tuple[int, int]:
        runner = open_runner(database)
        await runner.write(make_table)
        before = log.stat().st_size
        for _ in range(COMMITS):
            await runner.write(write_down)
        after = log.stat().st_size
        await runner.close()
        return before, after

    before, after = asyncio.run(scenario())
    assert before == after > wal_space.PAGES * 4096
    assert count(database) == COMMITS


def test_after_a_crash_everything_committed_is_read_and_the_empty_space_is_not(tmp_path: Path) -> None:
    database = tmp_path / "test.db"
    crashed = tmp_path / "crashed.db"

    async def scenario() -> None:
        runner = open_runner(database)
        await runner.write(make_table)
        for _ in range(7):
            await runner.write(write_down)
        for ending in ("", "-wal"):  # as a power cut leaves them: nothing was closed
            shutil.copy(f"{database}{ending}", f"{crashed}{ending}")
        await runner.close()

    asyncio.run(scenario())
    assert Path(f"{crashed}-wal").read_bytes().rstrip(b"\0") != Path(f"{crashed}-wal").read_bytes()
    assert count(crashed) == 7
