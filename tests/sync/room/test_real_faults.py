"""A full disk and a database locked by another process, as they really are."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from server.sync.room.writer import Pace
from tests.small_disk import mount, small_disk
from tests.sync.fast_paths import chosen
from tests.sync.live_client import Client
from tests.sync.live_server import make_database
from tests.sync.served import Server, Start

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


@contextmanager
def locked_by_another_process(database: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        assert holder.stdin is not None
        holder.stdin.close()


def test_a_database_locked_by_another_process(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    server = start(pace=Pace(timeout=0.1, retry=0.05))

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            with locked_by_another_process(server.lab.database):
                anna.type("wartet")
                await told_everybody(anna, ben)
                assert (ben.content, anna.saved < anna.sent) == ("", True)
            await healed(anna, ben, "wartet")

    with caplog.at_level(logging.CRITICAL):
        asyncio.run(scenario())
    assert "storage" in caplog.text


async def told_everybody(*clients: Client) -> None:
    for client in clients:
        await client.until(lambda client=client: client.state["storage"] == "failed")
        assert client.state["rights"]["edit"] is False


async def healed(anna: Client, ben: Client, words: str) -> None:
    await ben.until_content(words)
    await anna.until_saved()
    await ben.until(lambda: ben.state["storage"] == "ok" and ben.state["rights"]["edit"])


def test_sqlite_itself_says_that_it_is_full(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    """The limit belongs to the writer's connection; after the failure it takes a new one."""
    server = start(pace=Pace(retry=0.05))

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            limit = asyncio.run_coroutine_threadsafe(limit_pages(server), server.lab.loop)
            await asyncio.wrap_future(limit)
            anna.type(("x" * 99 + "\n") * 1_000)
            await anna.until(lambda: anna.state["storage"] == "failed")
            await healed(anna, ben, ("x" * 99 + "\n") * 1_000)

    with caplog.at_level(logging.CRITICAL):
        asyncio.run(scenario())
    assert "storage failed" in caplog.text


async def limit_pages(server: Server) -> None:
    await server.lab.sql_log._runner.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=1").scalar())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "900k") as folder:
        yield folder


def test_a_full_disk(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = disk / "kraftakt.sqlite"
    make_database(database)
    server = Server(database, chosen(), pace=Pace(retry=0.05))
    server.start()

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            words = ("x" * 99 + "\n") * 9_000
            anna.type(words)
            await told_everybody(anna, ben)
            await ben.catch_up()
            assert ben.content == ""
            assert mount(disk, "remount,size=64m") == 0
            await healed(anna, ben, words)

    with caplog.at_level(logging.CRITICAL):
        asyncio.run(scenario())
    server.stop()
    assert "storage failed" in caplog.text
