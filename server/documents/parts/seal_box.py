"""The rectangle in which the seal will stand, as an empty signature field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.documents.tagging.tree import Element, SignatureField
from server.documents.typeset.boxes import Unsplittable
from server.documents.typeset.canvas import TaggedCanvas
from server.documents.typeset.faces import Style, load_faces
from server.documents.typeset.styles import HAIRLINE, MM, TINT
from server.documents.wording import SEALED, SEALED_TEST, german_time

SEAL_SIZE: Final = (56 * MM, 25 * MM)
_EDGE = 0.6
_TEXT_SIZE: Final = 7.0
_TEXT_WIDTH: Final = SEAL_SIZE[0] - 28.0
"""What the stamp leaves beside its margins."""


def seal_lines(holder: str, at: datetime, *, is_test: bool) -> list[str]:
    """What the visible seal says, a line at a time, broken between words where the box is too narrow."""
    return [SEALED_TEST if is_test else SEALED, *_wrap(holder), german_time(at).replace("\u00a0", " ")]


def _wrap(text: str) -> list[str]:
    widths = load_faces()[Style.SANS].widths
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and sum(widths.get(ord(c), 600) for c in longer) * _TEXT_SIZE / 1000 <= _TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@dataclass(slots=True, eq=False)
class SealBox(Unsplittable):
    """The field covers the box exactly; the frame around it is decoration."""

    name: str
    tooltip: str
    width: float
    size: float
    element: Element

    @property
    def height(self) -> float:
        return self.size

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        box = (x, top - self.size, x + self.width, top)
        with canvas.artifact():
            canvas.bar(box, TINT)
            canvas.frame(box, _EDGE, HAIRLINE)
        field = SignatureField(canvas.page_index, box, self.name, self.tooltip, self.element)
        canvas.fields.append(field)
