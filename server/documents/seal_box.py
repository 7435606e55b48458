"""The rectangle in which the seal will stand, as an empty signature field."""

from __future__ import annotations

from dataclasses import dataclass

from server.documents.boxes import Undivided
from server.documents.canvas import TaggedCanvas
from server.documents.styles import HAIRLINE, TINT
from server.documents.tree import Element, SignatureField

_EDGE = 0.6


@dataclass(slots=True, eq=False)
class SealBox(Undivided):
    """The field covers the box exactly; the frame around it is decoration."""

    name: str
    tooltip: str
    width: float
    size: float
    element: Element
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False

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
