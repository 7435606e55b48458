"""SIGKILL in mid-load: what somebody else had received, or was told is saved, is in the file.

`KRAFTAKT_KILL_ROUNDS` (default 5) says how often.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from asyncio.subprocess import Process
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pycrdt import Text
from sqlalchemy import create_engine

from server.storage.text.update_log import read_log
from server.sync.projection import load_doc
from tests.sync.authors import Author, promised_marks, write_until_saved
from tests.sync.live_client import Client
from tests.sync.live_server import TEXTS, make_database
from tests.waiting import HANG

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("KRAFTAKT_KILL_ROUNDS", "5"))
SAME_TEXT = 10
"""Rounds over one text: each begins with what the one before left behind."""
NAMES = ("anna", "ben", "clara")


@pytest.mark.timeout(600 + 60 * ROUNDS)
def test_nothing_shown_or_acknowledged_is_lost(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        database = tmp_path / f"{number // SAME_TEXT}.sqlite"
        if number % SAME_TEXT == 0:
            make_database(database)
        promised = asyncio.run(one_round(database, random.Random(number)))
        stored = stored_text(database)
        lost = [mark for mark in promised if mark not in stored]
        assert promised
        assert not lost, f"round {number}: {len(lost)} of {len(promised)} lost"


async def one_round(database: Path, rng: random.Random) -> set[str]:
    """Runs a server, lets three people write, kills it; the marks that must have survived."""
    process, port = await launch(database)
    authors = [Author(Client(f"ws://127.0.0.1:{port}/ws/declarations/appell", name)) for name in NAMES]
    async with AsyncExitStack() as stack:
        stack.callback(end, process)
        for author in authors:
            await stack.enter_async_context(author.client)
            await author.client.until_synced()
        await write_until_saved(authors, rng.randint(20, 300), rng)
        process.kill()
        await process.wait()
        for author in authors:
            await author.client.until_closed()
    return promised_marks(authors)


def end(process: Process) -> None:
    """Also when the round itself has failed."""
    if process.returncode is None:
        process.kill()


async def launch(database: Path) -> tuple[Process, int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HERE / "live_server.py"),
        str(database),
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    return process, int(await asyncio.wait_for(process.stdout.readline(), HANG))


def stored_text(database: Path) -> str:
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        updates = read_log(connection, TEXTS["appell"]).updates
    engine.dispose()
    return str(load_doc(updates).get("text", type=Text))
