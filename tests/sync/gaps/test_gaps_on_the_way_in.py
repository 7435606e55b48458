"""Through every way into a text, updates come lost, late, reordered and twice: what is stored and relayed is
always what a browser shows, and whoever comes back brings what is missing."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import NamedTuple

import pytest

from server.sync.wire.update_check import check_update
from tests.contract.conftest import Node
from tests.sync.gaps.browser import Shown, projected, shown
from tests.sync.gaps.people_apart import Sent, disturbed, history
from tests.sync.gaps.ways_in import People, Processes, processes

HISTORIES = 80


class Played(NamedTuple):
    """Logs as they were stored and what a reader had been sent by then; `whole`: what everybody wrote.

    `damaged`: the log after some of its rows were lost; `mended`: and after all have come back."""

    logs: list[tuple[bytes, ...]]
    relayed: list[list[bytes]]
    damaged: tuple[bytes, ...]
    mended: tuple[bytes, ...]
    whole: list[bytes]


async def bring(people: People, sent: Sent, rng: random.Random) -> None:
    way = rng.choice((people.by_socket, people.by_http, people.by_the_service, people.at_another_process))
    await way(sent)
    if rng.random() < 0.05:
        await people.compact()


def beginning(sent: list[Sent], writers: int) -> list[Sent]:
    """Until everybody has written: whose a client id is stands on record from the first word on."""
    words = [(n, one.writer) for n, one in enumerate(sent) if check_update(one.update).ranges]
    firsts = [next((n for n, writer in words if writer == who), -1) for who in range(writers)]
    return sent[: max(firsts) + 1]


async def play(there: Processes, seed: int) -> Played:
    rng = random.Random(seed)
    sent, docs = history(rng)
    people = People(there, await there.new_text())
    await people.watch()
    first = beginning(sent, len(docs))
    for one in first:
        await people.by_socket(one)
    arriving, _ = disturbed(rng, sent[len(first) :])
    logs, relayed = [], []
    for number, one in enumerate(arriving):
        await bring(people, one, rng)
        if rng.random() < 0.08:
            await people.from_a_workshop(docs[0], rng)
        if number % 5 == 0:
            logs.append(await there.rows(people.text_id))
            relayed.append(list(people.watcher.updates))
    people.stop_watching()
    await there.lose_rows(people.text_id, rng)
    damaged = await there.rows(people.text_id)
    await people.watch()
    await people.all_come_back(docs)
    logs.append(await there.rows(people.text_id))
    relayed.append(list(people.watcher.updates))
    people.stop_watching()
    return Played(logs, relayed, damaged, logs[-1], [doc.get_update() for doc in docs])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> list[Played]:
    async def scenario(folder: Path) -> list[Played]:
        async with processes(folder) as there:
            return [await play(there, seed) for seed in range(HISTORIES)]

    return asyncio.run(scenario(tmp_path_factory.mktemp("ways")))


def differing(logs: list[tuple[bytes, ...]], seen: list[Shown]) -> list[int]:
    return [n for n, log in enumerate(logs) if projected(log) != seen[n].blocks]


def test_what_is_stored_is_what_a_browser_shows_and_nothing_waits(played: list[Played], node: Node) -> None:
    logs = [log for one in played for log in one.logs[:-1]]
    seen = shown(node, logs)
    assert differing(logs, seen) == []
    assert [n for n, one in enumerate(seen) if one.waits] == []


def test_a_reader_is_sent_what_is_stored_and_nothing_waits(played: list[Played], node: Node) -> None:
    logs = [log for one in played for log in one.logs]
    seen = shown(node, [updates for one in played for updates in one.relayed])
    assert differing(logs, seen) == []
    assert [n for n, one in enumerate(seen) if one.waits] == []


def test_a_log_that_lost_rows_shows_what_a_browser_shows(played: list[Played], node: Node) -> None:
    seen = shown(node, [one.damaged for one in played])
    assert differing([one.damaged for one in played], seen) == []
    assert sum(one.waits for one in seen) > HISTORIES // 4


def test_whoever_comes_back_brings_what_is_missing(played: list[Played], node: Node) -> None:
    mended = shown(node, [one.mended for one in played])
    assert [n for n, one in enumerate(mended) if one.waits] == []
    whole = shown(node, [one.whole for one in played])
    assert [n for n, one in enumerate(whole) if one.blocks != mended[n].blocks] == []
    assert differing([one.mended for one in played], whole) == []
