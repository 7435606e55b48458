"""A day is the region's day: the UTC day is another one for an hour or two of every night."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
IN_ONE_PLACE = "server/domain/terms/local_time.py"
DAY_OF_A_TIME = re.compile(r"\.date\(\)|date\.today")


def test_which_day_a_time_falls_on_is_asked_in_one_place() -> None:
    asking = [
        path.relative_to(ROOT).as_posix()
        for folder in ("server", "tests", "bench")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__) and DAY_OF_A_TIME.search(path.read_text(encoding="utf-8"))
    ]
    assert asking == [IN_ONE_PLACE]
