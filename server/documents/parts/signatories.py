"""Who stands behind the text: a table for each group, in the order of the document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from server.documents.model import SignatoryLine
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import (
    CELL,
    CELL_STRONG,
    HEADINGS,
    MEASURE,
    NOTE,
    SMALL,
    SMALL_QUIET,
    TextStyle,
)
from server.documents.typeset.table import Cell, Row, Table, head_row
from server.documents.typeset.text_box import plain_box
from server.documents.wording import (
    ANSWERS,
    COLUMNS,
    DEPUTY,
    GROUPS,
    LEVEL_NOTES,
    LEVELS,
    REPRESENTS,
    SIGNATORIES,
    SIGNATORY,
    WITH_STATEMENT,
    german_time,
)
from server.domain.sign_offs import Level

_GAP: Final = 12.0
_OFFSETS: Final = (0.0, 0.345 * MEASURE, 0.735 * MEASURE)
_WIDTHS: Final = (_OFFSETS[1] - _GAP, _OFFSETS[2] - _OFFSETS[1] - _GAP, MEASURE - _OFFSETS[2])


def signatory_boxes(
    signatories: Sequence[SignatoryLine],
    document: Element,
    titles: tuple[str, str] = (SIGNATORY, SIGNATORIES),
) -> list[Box]:
    """`titles` for one and for several. Raises ValueError for a municipality that declines: it does not
    stand behind the text."""
    if not all(line.answer.supports for line in signatories):
        raise ValueError("a municipality that declines is no signatory")
    if not signatories:
        return []
    title = titles[len(signatories) > 1]
    section = document.add("Sect", title=title)
    heading = plain_box(title, HEADINGS[1], section.add("H2"), MEASURE)
    heading.outline = (1, title)
    boxes: list[Box] = [heading]
    for kind, group in groupby(signatories, key=lambda line: line.municipality.kind):
        boxes += _group(list(group), GROUPS[kind], section)
    return [*boxes, *_legend(signatories, section)]


def _group(lines: Sequence[SignatoryLine], names: tuple[str, str], section: Element) -> list[Box]:
    name = names[0] if len(lines) == 1 else names[1]
    heading = plain_box(name, HEADINGS[2], section.add("H3"), MEASURE)
    element = section.add("Table", summary=f"{name}: {', '.join(COLUMNS)}")
    head = head_row(element, COLUMNS, _WIDTHS)
    body = element.add("TBody")
    return [heading, Table(MEASURE, _OFFSETS, head, [_row(line, body.add("TR")) for line in lines], after=10)]


def _row(line: SignatoryLine, row: Element) -> Row:
    town = row.add("TH", attributes={"Table": {"Scope": "Row"}})
    cells = (town, row.add("TD"), row.add("TD"))
    columns = zip(cells, _WIDTHS, _columns(line), strict=True)
    return Row([_cell(cell, width, parts) for cell, width, parts in columns])


def _columns(line: SignatoryLine) -> tuple[list[tuple[str, TextStyle]], ...]:
    name = DEPUTY.format(name=line.name) if line.deputy else line.name
    represents = REPRESENTS.format(name=line.represents) if line.represents else ""
    return (
        [(line.municipality.name, CELL_STRONG), (_note(line), SMALL_QUIET)],
        [(name, CELL), (line.title, SMALL_QUIET), (represents, SMALL_QUIET)],
        [(LEVELS[line.level], SMALL), (german_time(line.at), SMALL_QUIET)],
    )


def cell_texts(line: SignatoryLine) -> list[str]:
    """Everything that a municipality's row says, paragraph by paragraph."""
    return [text for column in _columns(line) for text, _ in column if text]


def _note(line: SignatoryLine) -> str:
    note = ANSWERS[line.answer].note
    if line.answer.facts.needs_council and line.statement.strip():
        return f"{note}, {WITH_STATEMENT}"
    return note


def _cell(cell: Element, width: float, parts: Sequence[tuple[str, TextStyle]]) -> Cell:
    return [plain_box(text, style, cell.add("P"), width) for text, style in parts if text]


def _legend(signatories: Sequence[SignatoryLine], section: Element) -> list[Box]:
    """What the levels mean that occur here."""
    used = {line.level for line in signatories}
    notes = [LEVEL_NOTES[level] for level in Level if level in used]
    return [plain_box(note, NOTE, section.add("P"), MEASURE) for note in notes]
