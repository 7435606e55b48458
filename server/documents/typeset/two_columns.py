"""A list in two columns that are equally long, with the heading of a group repeated where it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final

from server.documents.typeset.canvas import TaggedCanvas
from server.documents.typeset.styles import ACCENT, HAIRLINE
from server.documents.typeset.table import Cell, paint_cells, row_height
from server.documents.typeset.text_box import TextBox

_FEW: Final = 8
"""Items that stay on one page."""
_PADDING: Final = 3.5
_ABOVE: Final = 5.0
"""More room above a heading that does not begin a column: it belongs to what follows."""
_FIRST: Final = 3
"""Items that stand together at least at the foot of a page."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A row, or the heading of the rows that follow: then `again` is what is repeated where they go on.
    `offsets` are the left edges of the cells within the column."""

    cells: Sequence[Cell]
    offsets: Sequence[float] = (0.0,)
    again: TextBox | None = None

    @property
    def is_heading(self) -> bool:
        return self.again is not None

    @property
    def height(self) -> float:
        return row_height(self.cells) + 2 * _PADDING + (_ABOVE if self.is_heading else 0.0)


@dataclass(slots=True, eq=False)
class TwoColumns:
    """`indent` is where the first column begins, `step` the way from there to the second. `left` items stand
    in the first column; None makes both as equally long as they can be."""

    items: Sequence[Item]
    indent: float
    step: float
    width: float
    left: int | None = None
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    reach: Sequence[float] = field(init=False)
    """The height of all items before item i, one below the other."""

    def __post_init__(self) -> None:
        self.reach = list(accumulate((item.height for item in self.items), initial=0.0))

    @property
    def height(self) -> float:
        return self._height(self.first_column)

    @property
    def least(self) -> float:
        if len(self.items) <= _FEW:
            return self.height
        return next(self._long(0, k) for k in range(_FIRST, len(self.items) + 1) if self._may_end(k))

    @property
    def first_column(self) -> int:
        """How many items stand in the first column."""
        if self.left is not None:
            return self.left
        ends = [k for k in range(1, len(self.items) + 1) if self._may_end(k)]
        return min(ends, key=self._height)

    def _height(self, left: int) -> float:
        return max(self._long(0, left), self._drop(left) + self._long(left, len(self.items)))

    def _long(self, begin: int, end: int) -> float:
        """The height of a column of the items from `begin` to before `end`."""
        heading = begin < end and self.items[begin].is_heading
        return self.reach[end] - self.reach[begin] - (_ABOVE if heading else 0.0)

    def _drop(self, left: int) -> float:
        """A second column that begins within a group begins beside the first row, not beside the heading."""
        begins_with_row = left < len(self.items) and not self.items[left].is_heading
        return self._long(0, 1) if begins_with_row and self.items[0].is_heading else 0.0

    def _may_end(self, k: int) -> bool:
        """A column may end before item k: neither a heading nor a single row is parted from its group."""
        if k == len(self.items):
            return True
        if self.items[k].is_heading:
            return True
        following = k + 1 == len(self.items) or self.items[k + 1].is_heading
        begun = any(item.is_heading for item in self.items[max(0, k - 2) : k])
        return not following and not begun

    def _filled(self, begin: int, room: float) -> int:
        """Up to which item a column of this height is filled from `begin`."""
        fits = range(begin + 1, len(self.items) + 1)
        ends = [k for k in fits if self._long(begin, k) <= room + 1e-6 and self._may_end(k)]
        return ends[-1] if ends else begin

    def split(self, room: float, /) -> tuple[TwoColumns, TwoColumns] | None:
        left = self._filled(0, room)
        end = self._filled(left, room - self._drop(left))
        if left < _FIRST or end == len(self.items):
            return None
        first = replace(self, items=self.items[:end], left=left, after=0.0)
        return first, replace(self, items=self._continued(end), left=None, before=0.0)

    def _continued(self, begin: int) -> list[Item]:
        rest = list(self.items[begin:])
        if rest[0].is_heading:
            return rest
        return [_again(self._group_of(begin)), *rest]

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        left = self.first_column
        self._column(canvas, self.items[:left], x + self.indent, top)
        right = x + self.indent + self.step
        if self.goes_on:
            self._column(canvas, [self.goes_on], right, top)
        self._column(canvas, self.items[left:], right, top - self._drop(left))

    @property
    def goes_on(self) -> Item | None:
        """What stands above a second column that goes on with another group than the first began with."""
        left = self.first_column
        group = self._group_of(left) if self._drop(left) else self.items[0]
        return None if group is self.items[0] else _again(group)

    def _group_of(self, k: int) -> Item:
        """The heading above item k."""
        return next(item for item in reversed(self.items[:k]) if item.is_heading)

    def _column(self, canvas: TaggedCanvas, items: Sequence[Item], x: float, top: float) -> None:
        for i, item in enumerate(items):
            foot = top - item.height
            if item.is_heading:
                foot += 0.0 if i else _ABOVE
                begin = foot + _PADDING + row_height(item.cells)
            else:
                thick, colour = (0.9, ACCENT) if i == 0 or items[i - 1].is_heading else (0.4, HAIRLINE)
                with canvas.artifact():
                    canvas.rule(x, top, self.width, thick, colour)
                begin = top - _PADDING
            paint_cells(canvas, item.cells, item.offsets, x, begin)
            top = foot


def _again(group: Item) -> Item:
    """What is said once more of rows that go on."""
    return replace(group, cells=[[group.again]] if group.again else group.cells)
