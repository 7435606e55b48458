"""Whatever of a log is missing, late or twice: the server reads what a browser shows, and loses nothing."""

from __future__ import annotations

import os
import random

import pytest
from pycrdt import merge_updates

from server.sync.gaps import load_log
from server.sync.projection import compact_updates
from tests.contract.conftest import Node
from tests.sync.gaps.browser import projected, shown
from tests.sync.gaps.people_apart import disturbed, history

HISTORIES = int(os.environ.get("KRAFTAKT_DAMAGED_LOGS", "100"))
"""Without the check more than half of them differ."""


def stored(rng: random.Random, updates: list[bytes]) -> list[bytes]:
    """As a log may hold them: some merged by twos, the beginning sometimes compacted."""
    rows: list[bytes] = []
    for update in updates:
        rows.append(merge_updates(rows.pop(), update) if rows and rng.random() < 0.15 else update)
    if rng.random() < 0.5:
        at = rng.randint(0, len(rows))
        rows = [compact_updates(rows[:at]), *rows[at:]]
    return rows


@pytest.fixture(scope="module")
def logs() -> list[tuple[list[bytes], list[bytes], list[bytes]]]:
    """Rows of a log with gaps; what was lost; everything."""
    made = []
    for seed in range(HISTORIES):
        rng = random.Random(seed)
        sent, _ = history(rng)
        arrived, lost = disturbed(rng, sent)
        rows = stored(rng, [one.update for one in arrived])
        made.append((rows, [one.update for one in lost], [one.update for one in sent]))
    return made


def test_the_server_reads_what_a_browser_shows(
    logs: list[tuple[list[bytes], list[bytes], list[bytes]]], node: Node
) -> None:
    rows = [log for log, _, _ in logs]
    seen = shown(node, rows)
    differing = [seed for seed, log in enumerate(rows) if projected(log) != seen[seed].blocks]
    assert differing == []
    gaps = [seed for seed, log in enumerate(rows) if bool(load_log(log).held) is not seen[seed].waits]
    assert gaps == []
    assert sum(one.waits for one in seen) > HISTORIES // 2


def test_nothing_of_it_is_lost_once_the_missing_part_comes(
    logs: list[tuple[list[bytes], list[bytes], list[bytes]]], node: Node
) -> None:
    whole = shown(node, [everything for _, _, everything in logs])
    for seed, (rows, lost, _) in enumerate(logs):
        late = [compact_updates(rows), *lost]
        assert not load_log(late).held, seed
        assert projected(late) == whole[seed].blocks, seed


def test_it_says_whose_words_are_missing() -> None:
    rng = random.Random(7)
    sent, docs = history(rng, writers=1)
    _, *rest = [one.update for one in sent]
    held = load_log(rest).held
    assert dict(held.missing) == {docs[0].client_id: 0}
    assert held.waiting == {docs[0].client_id}
