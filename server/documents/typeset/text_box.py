"""A paragraph on the page: lines, a hanging label, links, and its part of the structure tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from server.documents.tagging.tree import Element, OutlineEntry
from server.documents.typeset.canvas import TaggedCanvas
from server.documents.typeset.line_breaking import Line, break_lines
from server.documents.typeset.paragraph import Paragraph, Span, set_paragraph
from server.documents.typeset.styles import ACCENT, HANG, MM, NOTE, TextStyle
from server.documents.typeset.text_painter import TextPainter

_RAIL: Final = 7.0
EVERY: Final = 5
NUMBER_GAP: Final = HANG + 3 * MM
"""Between the text and the numbers of its lines, left of hanging clause numbers."""
ORPHANS: Final = 2
"""Lines that stand together at least at the foot and at the head of a page."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A number or a bullet, `indent` points to the right of the box (negative: into the margin)."""

    paragraph: Paragraph
    element: Element
    indent: float


@dataclass(slots=True, eq=False)
class TextBox:
    """`element` None makes an artifact. `links` are the elements of the addresses met so far."""

    paragraph: Paragraph
    lines: Sequence[Line]
    style: TextStyle
    element: Element | None
    indent: float = 0.0
    label: Label | None = None
    outline: tuple[int, str] | None = None
    rail: bool = False
    """A line along the left, as beside a quotation."""
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    links: dict[int, Element] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    """First atom of a line → its number, drawn in the margin where it is one of every five."""

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        few = len(self.lines) < 2 * ORPHANS
        return self.height if few else ORPHANS * self.style.leading

    def split(self, room: float, /) -> tuple[TextBox, TextBox] | None:
        fits = min(int(room / self.style.leading + 1e-6), len(self.lines) - ORPHANS)
        if fits < ORPHANS:
            return None
        whole = (n for n in range(fits, ORPHANS - 1, -1) if not self.lines[n - 1].hyphen)
        fits = next(whole, fits)  # no word is divided by a page's end, where it can be helped
        first = replace(self, lines=self.lines[:fits], after=0.0)
        rest = replace(self, lines=self.lines[fits:], label=None, outline=None, before=0.0)
        return first, rest

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.outline is not None:
            canvas.outline.append(OutlineEntry(canvas.page_index, top, *self.outline))
        if self.rail:
            with canvas.artifact():
                canvas.bar((x + _RAIL, top - self.height, x + _RAIL + 1.4, top), ACCENT)
        baseline = top - self.style.first_baseline
        if self.label is not None:
            label = TextPainter(canvas, self.label.paragraph, self.label.element, {})
            whole = Line(0, len(self.label.paragraph.atoms), hyphen=False)
            label.paint([whole], x + self.label.indent, baseline, self.style.leading)
        painter = TextPainter(canvas, self.paragraph, self.element, self.links)
        painter.paint(self.lines, x + self.indent, baseline, self.style.leading)
        if self.numbers:
            self._paint_numbers(canvas, x - NUMBER_GAP, baseline)

    def _paint_numbers(self, canvas: TaggedCanvas, right: float, baseline: float) -> None:
        for at, line in enumerate(self.lines):
            if (found := self.numbers.get(line.begin, 0)) and found % EVERY == 0:
                span = Span(str(found), NOTE.regular, NOTE.size, NOTE.colour)
                paragraph = set_paragraph([span], hyphenated=False)
                whole = Line(0, len(paragraph.atoms), hyphen=False)
                left = right - paragraph.reach[-1]
                TextPainter(canvas, paragraph, None, {}).paint(
                    [whole], left, baseline - at * self.style.leading, 0
                )


def text_box(
    spans: Sequence[Span],
    style: TextStyle,
    element: Element | None,
    width: float,
    *,
    indent: float = 0.0,
    label: Label | None = None,
    outline: tuple[int, str] | None = None,
) -> TextBox:
    """Breaks the spans into lines of at most `width - indent` points."""
    paragraph = set_paragraph(spans, hyphenated=style.hyphenated, displayed=style.displayed)
    return TextBox(
        paragraph,
        break_lines(paragraph, width - indent),
        style,
        element,
        indent,
        label,
        outline,
        before=style.before,
        after=style.after,
        keep_next=style.keep_next,
    )


def plain_box(
    text: str, style: TextStyle, element: Element | None, width: float, *, indent: float = 0.0
) -> TextBox:
    """A text in one look."""
    span = Span(text, style.regular, style.size, style.colour)
    return text_box([span], style, element, width, indent=indent)


def natural_width(text: str, style: TextStyle) -> float:
    """Points that a text takes on one line."""
    return set_paragraph([Span(text, style.regular, style.size, style.colour)], hyphenated=False).reach[-1]
