"""The rectangle in which the seal will stand, as an empty signature field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.documents.tagging.tree import Appearance, Element, SignatureField
from server.documents.typeset.boxes import Unsplittable
from server.documents.typeset.canvas import TaggedCanvas, fill, number
from server.documents.typeset.letters.faces import Style, load_faces
from server.documents.typeset.paragraph import Span, set_paragraph
from server.documents.typeset.show_text import ShowText
from server.documents.typeset.styles import ACCENT, MM, QUIET
from server.documents.wording import SEALED, SEALED_TEST, german_time

SEAL_SIZE: Final = (80 * MM, 25 * MM)
_EDGE = 0.8
_MARGIN: Final = 12.0
_SIZE: Final = 8.0
_HOLDER_SIZE: Final = 9.0
"""Who seals is set in bold: see `server/signing/seal/stamp.py`."""


def seal_lines(holder: str, at: datetime, *, is_test: bool) -> list[str]:
    """What the visible seal says, a line at a time, broken between words where the box is too narrow."""
    return [
        SEALED_TEST if is_test else SEALED,
        *_wrap(_without_repetition(holder)),
        german_time(at).replace("\u00a0", " "),
    ]


def _without_repetition(holder: str) -> str:
    """Common name and organisation, where one does not say the other again."""
    parts = holder.split(", ")
    kept = [part for i, part in enumerate(parts) if not any(part in other for other in parts[:i])]
    return ", ".join(kept)


def _wrap(text: str) -> list[str]:
    widths = load_faces()[Style.SANS_BOLD].widths
    room = SEAL_SIZE[0] - 2 * _MARGIN
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and sum(widths.get(ord(c), 600) for c in longer) * _HOLDER_SIZE / 1000 <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@dataclass(slots=True, eq=False)
class SealBox(Unsplittable):
    """The field covers the box exactly; the frame around it is decoration. `words` are seen as long as
    nobody has signed; the signature's own look takes their place."""

    name: str
    tooltip: str
    width: float
    size: float
    element: Element
    words: str = ""

    @property
    def height(self) -> float:
        return self.size

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        box = (x, top - self.size, x + self.width, top)
        with canvas.artifact():
            canvas.frame(box, _EDGE, ACCENT)
        look = self._look(canvas) if self.words else None
        field = SignatureField(canvas.page_index, box, self.name, self.tooltip, self.element, look)
        canvas.fields.append(field)

    def _look(self, canvas: TaggedCanvas) -> Appearance:
        paragraph = set_paragraph([Span(self.words, Style.SANS, _SIZE, QUIET)], hyphenated=False)
        show = ShowText(canvas, Style.SANS, _SIZE)
        for atom in paragraph.atoms:
            show.add(atom)
        baseline = (self.size - 0.714 * _SIZE) / 2
        head = f"BT {fill(QUIET)} 1 0 0 1 {number(_MARGIN)} {number(baseline)} Tm"
        return Appearance(f"{head} {show.operators()} ET", frozenset(show.fonts))
