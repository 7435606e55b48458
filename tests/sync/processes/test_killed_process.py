"""SIGKILL of one process in mid-load while another serves the same room on PostgreSQL.

`KRAFTAKT_KILL_ROUNDS` (default 10) says how often; `--log-cli-level=INFO` shows how much was
promised.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pycrdt import Text

from server.storage.text.update_log import load_updates
from server.sync.projection import load_doc
from tests.postgres import Postgres
from tests.sync.authors import Author, promised_marks, write_until_saved
from tests.sync.service_process import House, Process

log = logging.getLogger(__name__)
ROUNDS = int(os.environ.get("KRAFTAKT_KILL_ROUNDS", "10"))
SAME_TEXT = 10
"""Rounds over one text: each begins with what the one before left behind."""


@pytest.mark.timeout(600 + 60 * ROUNDS)
def test_nothing_shown_or_acknowledged_is_lost_when_one_of_two_processes_is_killed(
    postgres: Postgres, tmp_path: Path
) -> None:
    figures: Counter[str] = Counter()
    for begin in range(0, ROUNDS, SAME_TEXT):
        folder = tmp_path / str(begin)
        folder.mkdir()
        house = House(postgres.new_database(), folder)
        try:
            for number in range(begin, min(begin + SAME_TEXT, ROUNDS)):
                figures += kill_one(house, number)
        finally:
            house.close()
    log.info("kept: %s", dict(figures))


def kill_one(house: House, number: int) -> Counter[str]:
    """The one that served longer dies; its successor starts meanwhile."""
    victim, survivor = house.two_running()
    successor = house.launch()
    figures = asyncio.run(one_round(house, victim, survivor, random.Random(number)))
    successor.wait()
    return figures


async def one_round(house: House, victim: Process, survivor: Process, rng: random.Random) -> Counter[str]:
    anna, elsewhere, clara = authors = [
        Author(victim.client("anna")),
        Author(victim.client("clara")),
        Author(survivor.client("clara")),
    ]
    async with AsyncExitStack() as stack:
        for author in authors:
            await stack.enter_async_context(author.client)
            await author.client.until_synced()
        await write_until_saved(authors, rng.randint(10, 150), rng)
        victim.kill()
        await anna.client.until_closed()
        await elsewhere.client.until_closed()
        promised = promised_marks(authors)
        figures = count(authors)
        await nothing_is_lost(house, survivor, clara, promised)
        await the_rest_comes_back(survivor, authors)
    return figures


def count(authors: list[Author]) -> Counter[str]:
    return Counter(
        rounds=1,
        written=sum(len(author.marks) for author in authors),
        acknowledged=sum(len(author.saved()) for author in authors),
        received_by_others=sum(len(author.seen_by(authors)) for author in authors),
    )


async def nothing_is_lost(house: House, survivor: Process, clara: Author, promised: set[str]) -> None:
    """Neither in the log nor in what the other process shows, which goes on serving."""
    assert promised
    stored = await asyncio.to_thread(stored_text, house)
    assert [mark for mark in promised if mark not in stored] == []
    async with survivor.client("anna", answers=False) as fresh:
        await fresh.until(lambda: all(mark in fresh.content for mark in promised))
    assert clara.client.close_code is None


async def the_rest_comes_back(survivor: Process, authors: list[Author]) -> None:
    """What was on its way when the process died is still with its author, and arrives once."""
    clara = authors[-1].client
    for author in authors[:-1]:
        async with survivor.client(
            author.client.name.removeprefix("token-of-"), doc=author.client.doc
        ) as back:
            await back.until_saved()
    await clara.until_saved()
    marks = [mark for author in authors for mark, _ in author.marks]
    await clara.until(lambda: all(mark in clara.content for mark in marks))
    assert [mark for mark in marks if clara.content.count(mark) != 1] == []


def stored_text(house: House) -> str:
    return str(load_doc(house.world.read(load_updates, house.world.text_id)).get("text", type=Text))
