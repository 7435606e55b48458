"""The verification address as a QR code made of rectangles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import segno

from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Unsplittable
from server.documents.typeset.canvas import TaggedCanvas, fill, number
from server.documents.typeset.styles import INK

QUIET_ZONE: Final = 4
"""Empty modules around (ISO/IEC 18004, 9.1); they hang over the box, which has white space anyway."""


@dataclass(slots=True, eq=False)
class QrCode(Unsplittable):
    """`size` is the width of the dark part in points."""

    address: str
    size: float
    element: Element

    @property
    def height(self) -> float:
        return self.size

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        rows = _modules(self.address)
        unit = self.size / len(rows)
        self.element.box = (x, top - self.size, x + self.size, top)
        canvas.begin(self.element)
        canvas.write(fill(INK))
        for y, row in enumerate(rows):
            for begin, length in _dark(row):
                box = (x + begin * unit, top - (y + 1) * unit, length * unit, unit)
                canvas.write(f"{' '.join(number(v) for v in box)} re")
        canvas.write("f")
        canvas.end()


def qr_path(address: str) -> tuple[int, str]:
    """For pages: the side of the picture in modules, white space around included, and its path (SVG 2)."""
    rows = _modules(address)
    steps = [
        f"M{QUIET_ZONE + begin} {QUIET_ZONE + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for begin, length in _dark(row)
    ]
    return len(rows) + 2 * QUIET_ZONE, "".join(steps)


def _modules(address: str) -> list[list[int]]:
    return [list(row) for row in segno.make(address, error="m", micro=False).matrix]


def _dark(row: list[int]) -> Iterator[tuple[int, int]]:
    """Begin and length of each dark stretch."""
    begin = 0
    for i, (before, now) in enumerate(zip([0, *row], [*row, 0], strict=True)):
        if now and not before:
            begin = i
        elif before and not now:
            yield begin, i - begin
