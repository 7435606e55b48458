"""Boxes onto pages, before anything is painted: so the number of pages is known to every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from server.documents.typeset.boxes import Box, stacked_height
from server.documents.typeset.styles import BOTTOM, FIRST_TOP, TOP
from server.documents.typeset.table import Table

_FULL: Final = 0.5
"""So full a page must stay from which something is taken along."""
_ENOUGH: Final = 0.4
"""So full at least, where the last page would be nearly empty otherwise."""
_SPARSE: Final = 0.3
_TIGHT: Final = 0.6
"""Of the white space between boxes, where that saves a last page that would be less full than `_ENOUGH`."""
_DIVIDED: Final = (TOP - BOTTOM) / 2
"""A box that may be divided is, if it is higher than this and does not fit."""


@dataclass(slots=True)
class Page:
    """Boxes with the height of their upper edge. `begun`: of the boxes that begin here, which one stands in
    which place."""

    top: float
    placed: list[tuple[float, Box]] = field(default_factory=list)
    begun: dict[int, int] = field(default_factory=dict)

    @property
    def used(self) -> float:
        """The part of the page's height down to the lower edge of its last box."""
        return self.used_before(len(self.placed))

    def used_before(self, place: int) -> float:
        """The same without the boxes from `place` on."""
        if not place:
            return 0.0
        top, box = self.placed[place - 1]
        return (self.top - top + box.height) / (self.top - BOTTOM)


def paginate(boxes: Sequence[Box]) -> list[Page]:
    """Fills pages from above. A box that keeps with the next takes the least part of that one along. Where
    the last page would be nearly empty, it is saved by a little less white space on the one before. Where it
    would show nothing of the last table, the table goes there, and where it would stay nearly empty, what
    makes it fullest; neither costs a page or leaves one half empty."""
    pages = _fill(boxes)
    if len(pages) == 1:
        return pages
    if pages[-1].used < _ENOUGH:
        tight = _fill(boxes, tight=min(pages[-2].begun, default=len(boxes)))
        if len(tight) < len(pages):
            return tight
    starts = _movable(boxes, pages[-2])
    half = [start for start, left in starts.items() if left >= _FULL]
    with_table = [start for start in half if start <= _last_table(boxes)]
    if with_table and not any(isinstance(box, Table) for _, box in pages[-1].placed):
        return _fill(boxes, max(with_table))
    if half and pages[-1].used < _ENOUGH:
        return _fill(boxes, min(half))
    if starts and pages[-1].used < _SPARSE:
        return _fill(boxes, max(starts))
    return pages


def _last_table(boxes: Sequence[Box]) -> int:
    return max((place for place, box in enumerate(boxes) if isinstance(box, Table)), default=-1)


def _movable(boxes: Sequence[Box], page: Page) -> dict[int, float]:
    """Boxes with which the last page may begin instead, each with the part of the last but one that stays
    full: what begins there and fits on one page with all that follows."""
    return {
        start: left
        for start, place in page.begun.items()
        if boxes[start].keep_next
        and not (start and boxes[start - 1].keep_next)
        and (left := page.used_before(place)) >= _ENOUGH
        and stacked_height(boxes[start:]) <= TOP - BOTTOM
    }


def _fill(boxes: Sequence[Box], last: int = 0, tight: int | None = None) -> list[Page]:
    """Box `last` begins a page; from box `tight` on there is less white space."""
    filling = _Filling()
    queue = list(reversed(boxes))
    while queue:
        index = len(boxes) - len(queue)
        if index == tight:
            filling.white = _TIGHT
        box = queue.pop()
        needs_page = filling.need(box, queue) > filling.room(box)
        if not filling.is_fresh and (needs_page or (index == last and index not in filling.begun)):
            filling.turn()
        filling.begin(index)
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
        self.begun: set[int] = set()
        self.white = 1.0

    @property
    def is_fresh(self) -> bool:
        return not self.pages[-1].placed

    def turn(self) -> None:
        self.pages.append(Page(TOP))
        self._y, self._after = TOP, 0.0

    def begin(self, index: int) -> None:
        """Box `index` comes next, or the rest of it."""
        if index not in self.begun:
            self.begun.add(index)
            self.pages[-1].begun[index] = len(self.pages[-1].placed)

    def room(self, box: Box) -> float:
        return self._y - self._gap(box) - BOTTOM

    def need(self, box: Box, queue: Sequence[Box]) -> float:
        """What must fit below each other: whole boxes that keep with the next, then the least of one. Of what
        is divided anyway only its end keeps with the next."""
        total, upcoming = 0.0, list(reversed(queue[-8:]))
        while box.keep_next and upcoming and not _is_divided(box):
            following = upcoming.pop(0)
            total += box.height + self.white * max(box.after, following.before)
            box = following
        return total + box.least

    def part_from_next(self, box: Box, queue: Sequence[Box]) -> tuple[Box, Box] | None:
        """Of a box that fits, but not with what it keeps with: its end goes along with that."""
        if not queue or not box.keep_next or not _is_divided(box) or box.height > self.room(box):
            return None
        following = queue[-1]
        gap = self.white * max(box.after, following.before)
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
        return 0.0 if self.is_fresh else self.white * max(self._after, box.before)


def _is_divided(box: Box) -> bool:
    return box.height > _DIVIDED and box.least < box.height
