"""What stands above the text on the first page: issuer, Fassung, marks."""

from __future__ import annotations

from server.documents.model import FinalText
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, Columns, Rule
from server.documents.typeset.paragraph import Span
from server.documents.typeset.styles import ACCENT, EYEBROW, EYEBROW_STRONG, MEASURE, MM, NOTE, TITLE
from server.documents.typeset.text_box import natural_width, plain_box, text_box
from server.documents.wording import MARKS, NO_TITLE, REVISION, WORKING_TEXT, german_day

_GAP = 6 * MM


def title_boxes(text: FinalText, document: Element, *, has_title: bool, gap: float = 15 * MM) -> list[Box]:
    """The title itself belongs to the text and stands `gap` points below; a text without one gets
    „Erklärung“."""
    boxes: list[Box] = [Rule(16 * MM, 2.6, ACCENT, after=9, keep_next=True), _eyebrow(text, document)]
    boxes += _mark_sentences(text, document)
    if not has_title:
        title = plain_box(NO_TITLE, TITLE, document.add("H1"), MEASURE)
        title.outline = (0, NO_TITLE)
        boxes.append(title)
    boxes[-1].after = gap if has_title else TITLE.after
    return boxes


def revision_line(text: FinalText) -> str:
    pattern = REVISION if text.revision else WORKING_TEXT
    return pattern.format(number=text.revision, day=german_day(text.fixed_at))


def _eyebrow(text: FinalText, document: Element) -> Box:
    revision = revision_line(text)
    right = natural_width(revision, EYEBROW) + 0.1
    left = MEASURE - right - _GAP
    issuer = [Span(text.issuer, EYEBROW_STRONG.bold, EYEBROW.size, ACCENT)]
    columns = (
        (0.0, text_box(issuer, EYEBROW_STRONG, document.add("P"), left)),
        (MEASURE - right, plain_box(revision, EYEBROW, document.add("P"), right)),
    )
    return Columns(columns, keep_next=True)


def _mark_sentences(text: FinalText, document: Element) -> list[Box]:
    boxes: list[Box] = []
    for mark in sorted(text.marks):
        word, sentence = MARKS[mark]
        spans = [
            Span(f"{word}:", NOTE.bold, NOTE.size, ACCENT),
            Span(f" {sentence}", NOTE.regular, NOTE.size, NOTE.colour),
        ]
        box = text_box(spans, NOTE, document.add("P"), MEASURE)
        box.before = 8
        boxes.append(box)
    return boxes
