"""The annex: Protokollerklärungen and council reservations, each under the municipality's name."""

from __future__ import annotations

from collections.abc import Sequence

from server.documents.model import SignatoryLine
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import BODY, HEADINGS, MEASURE, NOTE
from server.documents.typeset.text_box import plain_box
from server.documents.wording import (
    EMPTY_STATEMENT,
    RESERVATION,
    RESERVATION_ON,
    STATEMENTS,
    full_name,
    german_iso_date,
)


def statement_boxes(signatories: Sequence[SignatoryLine], document: Element) -> list[Box]:
    """Nothing where nobody gave a statement or a reservation."""
    given = [line for line in signatories if has_annex(line)]
    if not given:
        return []
    section = document.add("Sect", title=STATEMENTS)
    heading = plain_box(STATEMENTS, HEADINGS[1], section.add("H2"), MEASURE)
    heading.outline = (1, STATEMENTS)
    return [heading, *(box for line in given for box in _entry(line, section))]


def has_annex(line: SignatoryLine) -> bool:
    return line.answer.facts.has_annex or bool(line.statement.strip())


def _entry(line: SignatoryLine, section: Element) -> list[Box]:
    title, *said = entry_texts(line)
    boxes: list[Box] = [plain_box(title, HEADINGS[2], section.add("H3"), MEASURE)]
    for text in said:
        style = NOTE if text == EMPTY_STATEMENT else BODY
        boxes.append(plain_box(text, style, section.add("P"), MEASURE))
    return boxes


def entry_texts(line: SignatoryLine) -> list[str]:
    """The municipality and what it said, paragraph by paragraph."""
    texts = [full_name(line.municipality)]
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
