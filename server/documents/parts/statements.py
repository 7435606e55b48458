"""Protokollerklärungen and council reservations, each with the number that the municipality's row names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.documents.model import SignatoryLine, council_of
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, stacked_height
from server.documents.typeset.styles import HANG, HEADINGS, MEASURE, NOTE, STATEMENT, WIDE
from server.documents.typeset.text_box import Label, TextBox, natural_width, plain_box
from server.documents.wording import (
    COUNCIL,
    EMPTY_STATEMENT,
    FILE_NUMBER,
    MEETING,
    RESERVATION,
    RESERVATION_OF,
    RESERVATION_ON,
    STATEMENT_OF,
    STATEMENTS,
    full_name,
    german_iso_date,
)
from server.domain.people.municipalities import Municipality

_TITLE: Final = HEADINGS[3]
_GAP: Final = 12.0
_BETWEEN: Final = 7.0
_WIDEST_NAME: Final = 0.4 * WIDE


def references(signatories: Sequence[SignatoryLine]) -> list[tuple[SignatoryLine, int]]:
    """Each line with the number of its municipality's statement or reservation, counted from 1; 0 where there
    is none. Two who answer jointly make one statement."""
    numbers: dict[Municipality, int] = {}
    for line in signatories:
        if _has_annex(line):
            numbers.setdefault(line.municipality, len(numbers) + 1)
    return [(line, numbers.get(line.municipality, 0)) for line in signatories]


def statement_boxes(signatories: Sequence[SignatoryLine], document: Element) -> list[Box]:
    """Nothing where nobody gave a statement or a reservation. What was said stands beside the names, or below
    them where that takes less room: short ones beside, long ones below."""
    given = [entry_texts(line, number) for line, number in numbered_statements(signatories)]
    if not given:
        return []
    drawn = [_section(given, column) for column in (_name_column([title for title, *_ in given]), 0.0)]
    section, boxes = min(drawn, key=lambda one: stacked_height(one[1]))
    document.kids.append(section)
    return boxes


def _section(given: Sequence[Sequence[str]], column: float) -> tuple[Element, list[Box]]:
    section = Element("Sect", title=STATEMENTS)
    heading = plain_box(STATEMENTS, HEADINGS[1], section.add("H2"), MEASURE, indent=-HANG)
    heading.outline = (1, STATEMENTS)
    return section, [heading, *(box for texts in given for box in _entry(texts, section, column))]


def statement_texts(signatories: Sequence[SignatoryLine]) -> list[str]:
    """Everything that the section says, paragraph by paragraph; empty where there is none."""
    said = [text for line, number in numbered_statements(signatories) for text in entry_texts(line, number)]
    return [STATEMENTS, *said] if said else []


def numbered_statements(signatories: Sequence[SignatoryLine]) -> list[tuple[SignatoryLine, int]]:
    """The statements, each once."""
    first = {number: line for line, number in reversed(references(signatories)) if number}
    return [(first[number], number) for number in sorted(first)]


def _has_annex(line: SignatoryLine) -> bool:
    return line.answer.facts.has_annex or bool(line.statement.strip())


def _name_column(titles: Sequence[str]) -> float:
    """As wide as the widest name that is not too wide."""
    widths = [natural_width(title, _TITLE) for title in titles]
    return max((width for width in widths if width <= _WIDEST_NAME), default=0.0) + _GAP


def _entry(texts: Sequence[str], section: Element, column: float) -> list[Box]:
    """A name that is wider than its column stands above what was said."""
    title, *said = texts
    element = section.add("H3")
    name = plain_box(title, _TITLE, element, MEASURE, indent=-HANG)
    boxes = [_said(text, section, column) for text in said]
    if natural_width(title, _TITLE) > column - _GAP:
        return [name, *boxes]
    boxes[0].label = Label(name.paragraph, element, -HANG)
    boxes[0].before = _BETWEEN
    return [*boxes]


def _said(text: str, section: Element, column: float) -> TextBox:
    style = NOTE if text == EMPTY_STATEMENT else STATEMENT
    return plain_box(text, style, section.add("P"), MEASURE, indent=column - HANG)


def entry_texts(line: SignatoryLine, number: int) -> list[str]:
    """The municipality with its number, and what it said."""
    texts = [STATEMENT_OF.format(number=number, municipality=full_name(line.municipality))]
    if line.answer.facts.needs_council:
        texts.append(reservation(*council_of(line)))
    parts = [part.strip() for part in line.statement.splitlines() if part.strip()]
    texts += parts
    if line.answer.facts.needs_statement and not parts:
        texts.append(EMPTY_STATEMENT)
    return texts


def reservation(day: str, body: str, reference: str) -> str:
    """Each may be empty. `day` in ISO 8601."""
    if body or reference:
        meeting = MEETING.format(day=german_iso_date(day)) if day else ""
        file_number = FILE_NUMBER.format(number=reference) if reference else ""
        who = [part for part in (body or COUNCIL, meeting, file_number) if part]
        return RESERVATION_OF.format(whose=", ".join(who))
    if not day:
        return RESERVATION
    return RESERVATION_ON.format(day=german_iso_date(day))
