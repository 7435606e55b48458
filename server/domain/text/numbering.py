"""Clause numbers: given once, here, for editor, page, PDF and Word.

Level 1 runs through the whole text (1., 2., 3. …), headings do not interrupt it: a clause keeps its
number when a chapter is moved around it. Level 2 (a, b … z, aa) and level 3 (aa, bb …) restart
below each clause of the level above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

DEPTH = 3


def number_clauses(levels: Iterable[int | None]) -> Iterator[str | None]:
    """One label for each level (1 to 3), None for a block that is no clause."""
    counts = [0] * DEPTH
    for level in levels:
        if level is None:
            yield None
            continue
        counts[level - 1] += 1
        counts[level:] = [0] * (DEPTH - level)
        yield clause_label(level, counts[level - 1])


def clause_label(level: int, count: int) -> str:
    if level == 1:
        return f"{count}."
    return f"{letters(count) if level == 2 else doubled(count)})"


def letters(count: int) -> str:
    """1 → a, 26 → z, 27 → aa: as spreadsheets count columns."""
    out = ""
    while count:
        count, rest = divmod(count - 1, len(ascii_lowercase))
        out = ascii_lowercase[rest] + out
    return out


def doubled(count: int) -> str:
    """1 → aa, 2 → bb, 27 → aaa: the third level of German statutes."""
    times, rest = divmod(count - 1, len(ascii_lowercase))
    return ascii_lowercase[rest] * (times + 2)
