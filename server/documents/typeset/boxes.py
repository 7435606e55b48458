"""What can be stacked on a page: the protocol of the paginator and the plainest boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from server.documents.typeset.canvas import Colour, TaggedCanvas


class Box(Protocol):
    """`before` and `after` are white space in points, `keep_next` binds to the box that follows."""

    before: float
    after: float
    keep_next: bool

    @property
    def height(self) -> float:
        """Points, without the white space around."""

    @property
    def least(self) -> float:
        """The smallest height that may stand alone at the foot of a page."""

    def split(self, room: float, /) -> tuple[Box, Box] | None:
        """Two boxes, the first no higher than `room`; None where the box may not be divided so."""

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Paints with the left upper corner at (x, top)."""


@dataclass(slots=True, eq=False, kw_only=True)
class Unsplittable:
    """What stays in one piece. The fields are those of `Box`."""

    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False

    @property
    def height(self) -> float:
        raise NotImplementedError

    @property
    def least(self) -> float:
        return self.height

    def split(self, _room: float, /) -> None:
        return None


@dataclass(slots=True, eq=False)
class Rule(Unsplittable):
    """A line across, decoration only."""

    width: float
    thickness: float
    colour: Colour

    @property
    def height(self) -> float:
        return self.thickness

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.rule(x, top - self.thickness, self.width, self.thickness, self.colour)


@dataclass(slots=True, eq=False)
class KeepTogether(Unsplittable):
    """Boxes that stay together on one page, one below the other."""

    boxes: Sequence[Box]

    @property
    def height(self) -> float:
        return stacked_height(self.boxes)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for box, height in _stacked(self.boxes):
            box.paint(canvas, x, top - (height - box.height))
            top -= height


@dataclass(slots=True, eq=False)
class Columns(Unsplittable):
    """Boxes side by side, each at its own distance from the left; never divided."""

    columns: Sequence[tuple[float, Box]]

    @property
    def height(self) -> float:
        return max(box.height for _, box in self.columns)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for offset, box in self.columns:
            box.paint(canvas, x + offset, top)


def stacked_height(boxes: Sequence[Box]) -> float:
    """Of boxes one below the other, with the white space between them."""
    return sum(height for _, height in _stacked(boxes))


def _stacked(boxes: Sequence[Box]) -> list[tuple[Box, float]]:
    """Each box with its height and the white space above it."""
    out: list[tuple[Box, float]] = []
    after = 0.0
    for i, box in enumerate(boxes):
        out.append((box, box.height + (max(after, box.before) if i else 0.0)))
        after = box.after
    return out
