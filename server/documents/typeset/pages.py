"""Boxes onto pages, before anything is painted: so the number of pages is known to every page."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Final

from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import BOTTOM, FIRST_TOP, TOP
from server.documents.typeset.table import Table

_FULL: Final = 0.5
"""So full a page must stay from which something is taken along."""

_DIVIDED: Final = (TOP - BOTTOM) / 2
"""A box that may be divided is, if it is higher than this and does not fit."""


@dataclass(slots=True)
class Page:
    """Boxes with the height of their upper edge."""

    top: float
    placed: list[tuple[float, Box]] = field(default_factory=list)

    @property
    def used(self) -> float:
        """The part of the page's height down to the lower edge of its last box."""
        top, box = self.placed[-1]
        return (self.top - top + box.height) / (self.top - BOTTOM)


def paginate(boxes: Sequence[Box]) -> list[Page]:
    """Fills pages from above. A box that keeps with the next takes the least part of that one along. Where
    the last page would show nothing of the last table, the table goes there, if that costs no page and leaves
    no page half empty."""
    pages = _fill(boxes)
    tables = [place for place, box in enumerate(boxes) if isinstance(box, Table)]
    if len(pages) == 1 or not tables or any(isinstance(box, Table) for _, box in pages[-1].placed):
        return pages
    again = _fill(_bound(boxes, tables[-1]))
    return again if len(again) == len(pages) and again[-2].used >= _FULL else pages


def _bound(boxes: Sequence[Box], last: int) -> list[Box]:
    """The last table is bound to everything that follows it."""
    bound = [copy(box) for box in boxes[last:-1]]
    for box in bound:
        box.keep_next = True
    return [*boxes[:last], *bound, *boxes[max(last, len(boxes) - 1) :]]


def _fill(boxes: Sequence[Box]) -> list[Page]:
    filling = _Filling()
    queue = list(reversed(boxes))
    while queue:
        box = queue.pop()
        if not filling.is_fresh and filling.need(box, queue) > filling.room(box):
            filling.turn()
        if parts := filling.part_from_next(box, queue):
            box, end = parts
            queue.append(end)
        rest = filling.place(box)
        if rest is not None:
            filling.turn()
            queue.append(rest)
    return filling.pages


class _Filling:
    def __init__(self) -> None:
        self.pages = [Page(FIRST_TOP)]
        self._y = FIRST_TOP
        self._after = 0.0

    @property
    def is_fresh(self) -> bool:
        return not self.pages[-1].placed

    def turn(self) -> None:
        self.pages.append(Page(TOP))
        self._y, self._after = TOP, 0.0

    def room(self, box: Box) -> float:
        return self._y - self._gap(box) - BOTTOM

    def need(self, box: Box, queue: Sequence[Box]) -> float:
        """What must fit below each other: whole boxes that keep with the next, then the least of one. Of what
        is divided anyway only its end keeps with the next."""
        total, upcoming = 0.0, list(reversed(queue[-8:]))
        while box.keep_next and upcoming and not _is_divided(box):
            following = upcoming.pop(0)
            total += box.height + max(box.after, following.before)
            box = following
        return total + box.least

    def part_from_next(self, box: Box, queue: Sequence[Box]) -> tuple[Box, Box] | None:
        """Of a box that fits, but not with what it keeps with: its end goes along with that."""
        if not queue or not box.keep_next or not _is_divided(box) or box.height > self.room(box):
            return None
        following = queue[-1]
        gap = max(box.after, following.before)
        if box.height + gap + self.need(following, queue[:-1]) <= self.room(box):
            return None
        return box.split(box.height - 1)

    def place(self, box: Box) -> Box | None:
        """Puts as much as fits; the rest, if any, begins the next page."""
        room = self.room(box)
        parts = box.split(room) if box.height > room + 1e-6 else None
        first = parts[0] if parts else box
        self._y -= self._gap(first)
        self.pages[-1].placed.append((self._y, first))
        self._y -= first.height
        self._after = first.after
        return parts[1] if parts else None

    def _gap(self, box: Box) -> float:
        return 0.0 if self.is_fresh else max(self._after, box.before)


def _is_divided(box: Box) -> bool:
    return box.height > _DIVIDED and box.least < box.height
