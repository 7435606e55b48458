"""The server's own rhythm, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sync.fast_paths import ALL, setting
from tests.sync.live.test_keepalive import BINARY, PING
from tests.sync.raw_client import RawClient
from tests.waiting import HANG

SCRIPT = """
import sys
from server.web.live import web_server
from tests.sync.live_server import main
web_server.TICK, web_server.SWEEP = float(sys.argv.pop()), 1
main()
"""


@contextmanager
def served(database: Path, tick: float) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The process and its port; `tick` in seconds."""
    command = [sys.executable, "-c", SCRIPT, str(database), str(tick)]
    env = os.environ | {"KRAFTAKT_TEST_FAST_PATHS": setting(ALL)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


def test_it_stops_at_once_even_in_its_sleep(database: Path) -> None:
    async def visit(port: int) -> None:
        async with RawClient(port, "anna") as anna:
            await anna.until_frame(BINARY)  # it serves, so it sleeps until the next tick

    with served(database, tick=3_600) as (process, port):
        asyncio.run(visit(port))
        process.terminate()
        assert process.wait(HANG) is not None


def test_it_looks_after_its_sockets_by_itself(database: Path) -> None:
    async def wait_for_ping(port: int) -> None:
        async with RawClient(port, "anna") as anna:
            await anna.until_frame(PING)

    with served(database, tick=0.05) as (_, port):
        asyncio.run(wait_for_ping(port))
