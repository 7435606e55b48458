"""Whatever happened in the original: shared, a branch loses no proposal and changes nothing else."""

from __future__ import annotations

import os

from pycrdt import Doc, Text

from server.sync.branches import shared_part
from server.sync.gaps import load_log
from server.sync.projection import TEXT
from tests.contract.conftest import Node
from tests.sync.branches.histories import PREFIX, History, letters_of, proposed, settled_letters
from tests.sync.gaps.browser import projected, shown

HISTORIES = int(os.environ.get("KRAFTAKT_BRANCHES", "60"))


def test_shared_nothing_is_lost_pending_or_changed_that_nobody_proposed(node: Node) -> None:
    logs, proposals = [], 0
    for seed in range(HISTORIES):
        history = History(seed)
        history.run(30)
        before, branch = letters_of(history.original), letters_of([*history.original, *history.own])
        part = shared_part(history.original, history.own, history.clients, PREFIX)
        log = [*history.original, part.update]
        after = letters_of(log)
        assert not load_log(log).held, seed
        assert settled_letters(after) == before, seed
        assert [letter for letter, _ in after] == [letter for letter, _ in branch], seed
        assert proposed(after).keys() == proposed(branch).keys(), seed
        assert set(part.proposals) == {key.partition(":")[2] for key in proposed(after)}, seed
        logs.append(log)
        proposals += len(part.proposals)
    assert proposals > HISTORIES
    for seed, (log, seen) in enumerate(zip(logs, shown(node, logs), strict=True)):
        assert not seen.waits, seed
        assert seen.blocks == projected(log), seed


def test_who_writes_on_in_the_original_and_has_not_heard_of_the_batch_merges_with_it() -> None:
    for seed in range(10):
        history = History(1_000 + seed)
        history.run(20)
        part = shared_part(history.original, history.own, history.clients, PREFIX)
        late = Doc[Text](client_id=31)
        for update in history.original:
            late.apply_update(update)
        at = late.get_state()
        late.get(TEXT, type=Text).insert(0, "Spät. ", {})
        news = late.get_update(at)
        late.apply_update(part.update)
        assert str(late.get(TEXT, type=Text)) == "".join(
            letter for letter, _ in letters_of([*history.original, part.update, news])
        )
