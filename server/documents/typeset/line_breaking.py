"""The best set of line ends for a ragged paragraph.

The total-fit idea of Knuth and Plass, Breaking Paragraphs into Lines (1981), for lines without
stretch: what is weighed is the white space at the right, hyphens and short last lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from server.documents.typeset.letters.characters import BREAKING_SPACES
from server.documents.typeset.paragraph import FORCED, Break, Paragraph, line_ends
from server.domain.text.content import HARD_BREAK

HYPHEN: Final = "-"
_CLOSE: Final = 0.72
_CLOSE_DISPLAYED: Final = 0.3
"""Lines are looked for from this part of the measure on; shorter ones only if there is nothing else."""


class Line(NamedTuple):
    """Atoms from `begin` to before `end`; spaces at the end are kept and reach into the margin."""

    begin: int
    end: int
    hyphen: bool


class _Way(NamedTuple):
    cost: float
    previous: int
    """Index of the break at which this line begins, -1 for the beginning of the text."""


def break_lines(paragraph: Paragraph, measure: float) -> list[Line]:
    """Lines no wider than `measure` points (except for a single letter that is wider)."""
    if not paragraph.atoms:
        return [Line(0, 0, hyphen=False)]
    ends = line_ends(paragraph, measure)
    lines: list[Line] = []
    begin = 0
    for part in _parts(ends):
        lines += _break_part(paragraph, measure, begin, part)
        begin = part[-1].at
    return lines


def _parts(ends: Sequence[Break]) -> list[list[Break]]:
    """The break opportunities up to each forced one."""
    parts: list[list[Break]] = [[]]
    for end in ends:
        parts[-1].append(end)
        if end.cost == FORCED:
            parts.append([])
    return parts[:-1]


def _break_part(paragraph: Paragraph, measure: float, begin: int, ends: Sequence[Break]) -> list[Line]:
    visible = [_visible_reach(paragraph, end) for end in ends]
    ways: dict[int, _Way] = {-1: _Way(0.0, -1)}
    for start in range(-1, len(ends) - 1):
        if start in ways:
            origin = begin if start < 0 else ends[start].at
            _extend(ways, start, paragraph.reach[origin], ends, visible, measure, paragraph.displayed)
    return _retrace(ways, begin, ends)


def _extend(
    ways: dict[int, _Way],
    start: int,
    left: float,
    ends: Sequence[Break],
    visible: Sequence[float],
    measure: float,
    displayed: bool,
) -> None:
    """Every line that may begin at `start`."""
    last = bisect_right(visible, left + measure + 0.01, lo=start + 1)
    first = bisect_left(
        visible,
        left + measure * (_CLOSE_DISPLAYED if displayed else _CLOSE),
        lo=start + 1,
        hi=max(last, start + 1),
    )
    first = max(start + 1, min(first, last - 1))
    for end in range(first, max(last, first + 1)):
        if end > first and visible[end] - left > measure + 0.01:
            continue  # a hyphen may reach further than the break after it
        cost = ways[start].cost + _cost(
            ends, start, end, measure - (visible[end] - left), measure, displayed=displayed
        )
        if end not in ways or cost < ways[end].cost:
            ways[end] = _Way(cost, start)


def _cost(
    ends: Sequence[Break], start: int, end: int, slack: float, measure: float, *, displayed: bool
) -> float:
    if end == len(ends) - 1 and displayed:
        return (100 * slack / measure) ** 2 / 4
    if end == len(ends) - 1:
        return 900.0 if start >= 0 and slack > measure * 0.87 else 0.0
    twice = 300.0 if ends[end].hyphen and start >= 0 and ends[start].hyphen else 0.0
    return (100 * slack / measure) ** 2 / 2 + 10 + max(ends[end].cost, 0.0) + twice


def _visible_reach(paragraph: Paragraph, end: Break) -> float:
    at = end.at
    while at > 0 and paragraph.atoms[at - 1].source in BREAKING_SPACES | {HARD_BREAK}:
        at -= 1
    hyphen = _hyphen_width(paragraph, at) if end.hyphen else 0.0
    return paragraph.reach[at] + hyphen


def _hyphen_width(paragraph: Paragraph, at: int) -> float:
    return 0.33 * paragraph.spans[at - 1].size


def _retrace(ways: dict[int, _Way], begin: int, ends: Sequence[Break]) -> list[Line]:
    lines: list[Line] = []
    end = len(ends) - 1
    while end >= 0:
        start = ways[end].previous
        origin = begin if start < 0 else ends[start].at
        lines.append(Line(origin, ends[end].at, ends[end].hyphen))
        end = start
    return lines[::-1]
