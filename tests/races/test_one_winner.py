"""Whoever comes at the same moment: one of them wins, as `server/decisions/0023-acts-that-meet.md` says.

`KRAFTAKT_SCHEDULES=1000` for more of the same.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

from tests.races.invariants import broken
from tests.races.rounds import Processes, Round, shown
from tests.world import World

SCHEDULES = int(os.environ.get("KRAFTAKT_SCHEDULES", "40"))
"""Half of them on each kind of database."""
SEED = os.environ.get("KRAFTAKT_SCHEDULES_SEED", "1")


def test_two_processes_over_one_database_agree_who_was_first(database_url: str, tmp_path: Path) -> None:
    world = World(tmp_path, database_url)
    processes = Processes(database_url, tmp_path)
    outcomes: Counter[str] = Counter()
    try:
        for number in range(SCHEDULES // 2):
            dice = random.Random(f"{SEED} {number}")
            round_ = Round(world, number, dice)
            done = processes.perform(round_.told(), round_.acts(), dice)
            assert not broken(round_, done), f"{round_.slug}: {broken(round_, done)}\n{shown(done)}"
            outcomes.update(f"{one['do']} {'made' if 'made' in one else one['error']}" for one in done)
    finally:
        processes.close()
        world.close()
    assert outcomes["confirm made"]
    assert sum(count for words, count in outcomes.items() if not words.endswith("made"))
    print(dict(sorted(outcomes.items())))  # noqa: T201  # for whoever runs all of them
