"""What lies over what on a page: lines and areas must not cross letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from server.documents.tagging.tree import Rectangle

_MAX_COMPARISONS: Final = 2_000_000
"""A full page of ours needs fewer than 100,000, with its QR code."""
_CAPITALS: Final = 0.7
"""Height of capitals in units of the size."""


class Area(NamedTuple):
    """Filled, or the line of a frame."""

    box: Rectangle
    is_dark: bool


class Surface:
    """One page, in the order of painting."""

    def __init__(self) -> None:
        self._letters: list[Rectangle] = []
        self._areas: list[Rectangle] = []
        self._left = _MAX_COMPARISONS

    def write(self, left: float, right: float, baseline: float, size: float) -> Iterator[str]:
        """Raises ValueError for more than any page of ours has, as `paint` does."""
        letters = (left, baseline, right, baseline + _CAPITALS * size)
        self._count(len(self._areas))
        if any(_meet(area, letters) for area in self._areas):
            yield "letters over a dark area"
        self._letters.append(letters)

    def paint(self, area: Area) -> Iterator[str]:
        self._count(len(self._letters))
        if any(_meet(area.box, letters) for letters in self._letters):
            yield "an area over letters"
        if area.is_dark:
            self._areas.append(area.box)

    def _count(self, comparisons: int) -> None:
        self._left -= comparisons
        if self._left < 0:
            raise ValueError("too many shapes on a page")


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
