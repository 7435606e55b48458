"""Header and footer: artifacts on every page."""

from __future__ import annotations

import math

from server.documents.model import FinalText
from server.documents.parts.title_block import revision_line
from server.documents.typeset.canvas import Colour, TaggedCanvas, fill, number
from server.documents.typeset.letters.faces import Style
from server.documents.typeset.line_breaking import Line
from server.documents.typeset.paragraph import Span, set_paragraph
from server.documents.typeset.show_text import ShowText
from server.documents.typeset.styles import (
    ACCENT,
    HAIRLINE,
    HANG,
    LEFT,
    MM,
    RIGHT,
    SMALL_QUIET,
    WASH,
    WIDE,
)
from server.documents.typeset.styles import PAGE as PAGE_SIZE
from server.documents.typeset.text_painter import TextPainter
from server.documents.wording import LOOK_UP, MARKS, NO_TITLE, PAGE, WATERMARK

_EDGE = LEFT - HANG
"""Where numbers hang and tables begin."""
_HEADER = 297 * MM - 16 * MM
_FOOTER = 15 * MM
_MARK_GAP = 14.0
_LONGEST = 300
_WATERMARK_SIZE = 128.0
_WATERMARK_ANGLE = math.atan2(297, 210)


def paint_furniture(canvas: TaggedCanvas, text: FinalText, page: int, count: int) -> None:
    """`page` counts from 1. The first page shows the title itself, so its header has the marks only."""
    marks = " · ".join(MARKS[mark][0] for mark in sorted(text.marks))
    width = _right(canvas, marks, _HEADER, bold=True, colour=ACCENT) if marks else 0.0
    if page > 1:
        room = WIDE - (width + _MARK_GAP if marks else 0.0)
        _left(canvas, _fit(short_title(text), room), _HEADER)
        with canvas.artifact("Pagination /Subtype /Header"):
            canvas.rule(_EDGE, _HEADER - 6, WIDE, 0.4, HAIRLINE)
    code = LOOK_UP.format(code=text.short_code) if text.short_code else ""
    _left(canvas, "  ·  ".join(part for part in (revision_line(text), code) if part), _FOOTER)
    _right(canvas, PAGE.format(number=page, count=count), _FOOTER, bold=False, colour=SMALL_QUIET.colour)


def paint_watermark(canvas: TaggedCanvas) -> None:
    """What a draft says behind the text of every page, from corner to corner."""
    show = ShowText(canvas, Style.SANS_BOLD, _WATERMARK_SIZE)
    atoms = set_paragraph([Span(WATERMARK, Style.SANS_BOLD, _WATERMARK_SIZE, WASH)], hyphenated=False)
    for atom in atoms.atoms:
        show.add(atom)
    cos, sin = math.cos(_WATERMARK_ANGLE), math.sin(_WATERMARK_ANGLE)
    along, across = atoms.reach[-1] / 2, 0.36 * _WATERMARK_SIZE
    x = PAGE_SIZE[0] / 2 - along * cos + across * sin
    y = PAGE_SIZE[1] / 2 - along * sin - across * cos
    matrix = " ".join(number(value) for value in (cos, sin, -sin, cos, x, y))
    with canvas.artifact("Pagination /Subtype /Watermark"):
        canvas.write(f"BT {fill(WASH)} {matrix} Tm {show.operators()} ET")


def short_title(text: FinalText) -> str:
    """One line for header and metadata, at most 300 characters."""
    title = " ".join(text.content.title.split()) or NO_TITLE
    return title if len(title) <= _LONGEST else title[: _LONGEST - 2].rsplit(" ", 1)[0] + " …"


def _left(canvas: TaggedCanvas, text: str, y: float) -> None:
    _paint(canvas, Span(text, SMALL_QUIET.regular, 7.5, SMALL_QUIET.colour), _EDGE, y)


def _right(canvas: TaggedCanvas, text: str, y: float, *, bold: bool, colour: Colour) -> float:
    span = Span(text, SMALL_QUIET.bold if bold else SMALL_QUIET.regular, 7.5, colour)
    width = set_paragraph([span], hyphenated=False).reach[-1]
    _paint(canvas, span, RIGHT - width, y)
    return width


def _paint(canvas: TaggedCanvas, span: Span, x: float, y: float) -> None:
    paragraph = set_paragraph([span], hyphenated=False)
    line = Line(0, len(paragraph.atoms), hyphen=False)
    TextPainter(canvas, paragraph, None, {}).paint([line], x, y, 0)


def _fit(text: str, room: float) -> str:
    """As many words as there is room for."""
    reach = set_paragraph([Span(text, SMALL_QUIET.regular, 7.5, ACCENT)], hyphenated=False).reach
    if reach[-1] <= room:
        return text
    kept = next(i for i, width in enumerate(reach) if width > room - 10) - 1
    return text[:kept].rsplit(" ", 1)[0].rstrip(",;:– ") + " …"
