"""A table whose rows stay whole and whose head is repeated as an artifact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.documents.tagging.tree import Element
from server.documents.typeset.canvas import TaggedCanvas
from server.documents.typeset.styles import ACCENT, HAIRLINE, HEAD
from server.documents.typeset.text_box import TextBox, plain_box

Cell = Sequence[TextBox]
PADDING: Final = 4.5
_HEAD_PADDING: Final = 4.0
_SMALL: Final = 6
_LOW: Final = 250.0
"""Points up to which a small table stays whole."""
_TALL: Final = 60.0
"""A row as high as this may stand alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Cells left to right, each some paragraphs one below the other."""

    cells: Sequence[Cell]

    @property
    def height(self) -> float:
        return row_height(self.cells) + 2 * PADDING


@dataclass(slots=True, eq=False)
class Table:
    """`offsets` are the left edges of the columns, from `indent` on."""

    width: float
    offsets: Sequence[float]
    head: Row
    rows: Sequence[Row]
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False

    @property
    def height(self) -> float:
        return self._head_height + sum(row.height for row in self.rows)

    @property
    def least(self) -> float:
        """A small table stays whole; otherwise head and two rows: a single row is left alone only where it
        is as high as several."""
        if len(self.rows) <= _SMALL and self.height <= _LOW:
            return self.height
        return self._head_height + sum(row.height for row in self.rows[: self._first])

    @property
    def _first(self) -> int:
        """Rows that stand together at least below the head."""
        return 1 if self.rows[0].height >= _TALL else 2

    @property
    def _last(self) -> int:
        """Rows that are taken along at least to the next page."""
        return 1 if self.rows[-1].height >= _TALL else 2

    @property
    def _head_height(self) -> float:
        return self.head.height - 2 * PADDING + 2 * _HEAD_PADDING

    def split(self, room: float, /) -> tuple[Table, Table] | None:
        count, used = 0, self._head_height
        while count < len(self.rows) - self._last and used + self.rows[count].height <= room:
            used += self.rows[count].height
            count += 1
        if count < self._first:
            return None
        again = Row([[replace(box, element=None) for box in cell] for cell in self.head.cells])
        rest = replace(self, head=again, rows=self.rows[count:], before=0.0)
        return replace(self, rows=self.rows[:count], after=0.0, keep_next=False), rest

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        x += self.indent
        paint_cells(canvas, self.head.cells, self.offsets, x, top - _HEAD_PADDING)
        top -= self._head_height
        with canvas.artifact():
            canvas.rule(x, top, self.width, 0.9, ACCENT)
        for row in self.rows:
            paint_cells(canvas, row.cells, self.offsets, x, top - PADDING)
            top -= row.height
            with canvas.artifact():
                canvas.rule(x, top, self.width, 0.4, HAIRLINE)


def row_height(cells: Sequence[Cell]) -> float:
    """Without padding, first baselines on one line."""
    return max(drop + sum(box.height for box in cell) for drop, cell in zip(drops(cells), cells, strict=True))


def paint_cells(
    canvas: TaggedCanvas, cells: Sequence[Cell], offsets: Sequence[float], x: float, top: float
) -> None:
    """Side by side, first baselines on one line."""
    for drop, offset, cell in zip(drops(cells), offsets, cells, strict=True):
        y = top - drop
        for box in cell:
            box.paint(canvas, x + offset, y)
            y -= box.height


def drops(cells: Sequence[Cell]) -> list[float]:
    """How much lower each cell begins than the one with the deepest first baseline."""
    depths = [cell[0].style.first_baseline if cell else 0.0 for cell in cells]
    return [max(depths) - depth if cell else 0.0 for depth, cell in zip(depths, cells, strict=True)]


def head_row(table: Element, titles: Sequence[str], widths: Sequence[float]) -> Row:
    """THead with one TH a column."""
    row = table.add("THead").add("TR")
    cells = []
    for title, width in zip(titles, widths, strict=True):
        header = row.add("TH", attributes={"Table": {"Scope": "Column"}})
        cells.append([plain_box(title, HEAD, header.add("P"), width)])
    return Row(cells)
