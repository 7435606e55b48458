"""Protokollerklärungen and council reservations, each with the number that the municipality's row names."""

from __future__ import annotations

from collections.abc import Sequence

from server.documents.model import SignatoryLine
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import HANG, HEADINGS, MEASURE, NOTE, STATEMENT
from server.documents.typeset.text_box import plain_box
from server.documents.wording import (
    EMPTY_STATEMENT,
    RESERVATION,
    RESERVATION_ON,
    STATEMENT_OF,
    STATEMENTS,
    full_name,
    german_iso_date,
)


def references(signatories: Sequence[SignatoryLine]) -> list[tuple[SignatoryLine, int]]:
    """Each line with the number of its statement or reservation, counted from 1; 0 where there is none."""
    found, last = [], 0
    for line in signatories:
        given = _has_annex(line)
        last += given
        found.append((line, last if given else 0))
    return found


def statement_boxes(signatories: Sequence[SignatoryLine], document: Element) -> list[Box]:
    """Nothing where nobody gave a statement or a reservation."""
    given = [(line, number) for line, number in references(signatories) if number]
    if not given:
        return []
    section = document.add("Sect", title=STATEMENTS)
    heading = plain_box(STATEMENTS, HEADINGS[1], section.add("H2"), MEASURE, indent=-HANG)
    heading.outline = (1, STATEMENTS)
    return [heading, *(box for line, number in given for box in _entry(line, number, section))]


def statement_texts(signatories: Sequence[SignatoryLine]) -> list[str]:
    """Everything that the section says, paragraph by paragraph; empty where there is none."""
    said = [text for line, number in references(signatories) if number for text in entry_texts(line, number)]
    return [STATEMENTS, *said] if said else []


def _has_annex(line: SignatoryLine) -> bool:
    return line.answer.facts.has_annex or bool(line.statement.strip())


def _entry(line: SignatoryLine, number: int, section: Element) -> list[Box]:
    title, *said = entry_texts(line, number)
    boxes: list[Box] = [plain_box(title, HEADINGS[3], section.add("H3"), MEASURE, indent=-HANG)]
    for text in said:
        style = NOTE if text == EMPTY_STATEMENT else STATEMENT
        boxes.append(plain_box(text, style, section.add("P"), MEASURE, indent=-HANG))
    return boxes


def entry_texts(line: SignatoryLine, number: int) -> list[str]:
    """The municipality with its number, and what it said."""
    texts = [STATEMENT_OF.format(number=number, municipality=full_name(line.municipality))]
    if line.answer.facts.needs_council:
        texts.append(reservation(line.council_date))
    parts = [part.strip() for part in line.statement.splitlines() if part.strip()]
    texts += parts
    if line.answer.facts.needs_statement and not parts:
        texts.append(EMPTY_STATEMENT)
    return texts


def reservation(council_date: str) -> str:
    """`council_date` may be empty."""
    if not council_date:
        return RESERVATION
    return RESERVATION_ON.format(day=german_iso_date(council_date))
