"""A text as a draft with line numbers: each line of the page is a counted line, so line 42 of the paper is
line 42 of every screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from server.documents.model import FinalText
from server.documents.parts.content_story import begins_with_title, content_boxes
from server.documents.parts.title_block import title_boxes
from server.documents.render import render_boxes
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.line_breaking import Line, break_lines
from server.documents.typeset.paragraph import Paragraph, atom_index
from server.documents.typeset.styles import MEASURE, MM
from server.documents.typeset.text_box import EVERY, TextBox
from server.documents.wording import SUBJECT, TEXT
from server.domain.text.lines import NumberedLine, number_lines

WIDEST: Final = MEASURE + 15 * MM
"""A counted line of wide letters may reach into the margin; what is wider still is broken once more."""


def render_numbered(text: FinalText) -> bytes:
    """PDF/A-3a and PDF/UA-1. The numbers are decoration: they are no part of the text that is read or copied.
    Raises UnprintableText."""
    return render_boxes(text, _boxes, SUBJECT, ())


def _boxes(text: FinalText, document: Element) -> list[Box]:
    head = title_boxes(text, document, has_title=begins_with_title(text.content))
    body = content_boxes(text.content, document.add("Sect", title=TEXT))
    by_block: dict[int, list[NumberedLine]] = {}
    for line in number_lines(text.content):
        by_block.setdefault(line.block, []).append(line)
    for at, box in enumerate(body):
        if isinstance(box, TextBox):
            _number(box, by_block.get(at, []))
    return [*head, *body]


def _number(box: TextBox, lines: Sequence[NumberedLine]) -> None:
    """Headings keep the lines that suit their size: the number stands where the counted line begins."""
    places = atom_index(box.paragraph)
    numbers = {places[line.start]: line.number for line in lines if line.start in places}
    if not box.style.displayed:
        box.lines = list(_counted(box, sorted(numbers)))
    box.numbers = _at_lines(box.lines, numbers)


def _counted(box: TextBox, begins: Sequence[int]) -> Sequence[Line]:
    found: list[Line] = []
    paragraph, room = box.paragraph, WIDEST - box.indent
    for begin, end in pairwise([*begins, len(paragraph.atoms)]):
        if paragraph.reach[end] - paragraph.reach[begin] <= room:
            found.append(Line(begin, end, hyphen=False))
        else:
            lines = break_lines(_part(paragraph, begin, end), MEASURE - box.indent)
            found += [Line(begin + a, begin + b, hyphen) for a, b, hyphen in lines]
    return found or box.lines


def _part(whole: Paragraph, begin: int, end: int) -> Paragraph:
    reach = [each - whole.reach[begin] for each in whole.reach[begin : end + 1]]
    return Paragraph(whole.atoms[begin:end], whole.spans[begin:end], reach, whole.hyphenated)


def _at_lines(lines: Sequence[Line], numbers: Mapping[int, int]) -> dict[int, int]:
    """By the first atom of the line in which a counted line begins; of several the one that is printed."""
    found: dict[int, int] = {}
    for atom, number in sorted(numbers.items()):
        begin = max((line.begin for line in lines if line.begin <= atom), default=0)
        if begin not in found or number % EVERY == 0:
            found[begin] = number
    return found
