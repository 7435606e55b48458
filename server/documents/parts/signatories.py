"""Who stands behind the text: names in two columns, a table for each group, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from server.documents.model import SignatoryLine
from server.documents.parts.statements import references
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import (
    CELL,
    CELL_QUIET,
    CELL_STRONG,
    GROUP,
    HANG,
    HEADINGS,
    MEASURE,
    MM,
    WIDE,
    TextStyle,
)
from server.documents.typeset.text_box import TextBox, plain_box
from server.documents.typeset.two_columns import Item, TwoColumns
from server.documents.wording import (
    ANSWERS,
    CONTINUED,
    DEPUTY,
    GROUPS,
    JOINTLY,
    LIST_SUMMARY,
    REFERRED,
    REPRESENTS,
    SIGNATORIES,
    SIGNATORY,
    WITH_STATEMENT,
)

_GUTTER: Final = 9 * MM
_COLUMN: Final = (WIDE - _GUTTER) / 2
_GAP: Final = 5.0
_NAME: Final = 0.51 * _COLUMN
"""Where the names begin, from the edge of a column."""
_WIDTHS: Final = (_NAME - _GAP, _COLUMN - _NAME)

Parts = list[tuple[str, TextStyle]]


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
    heading = hung_heading(title, section)
    items = [item for group in groups(signatories) for item in _items(group, section)]
    names = TwoColumns(items, -HANG, _COLUMN + _GUTTER, _COLUMN, after=12)
    return [heading, names]


def hung_heading(title: str, section: Element) -> TextBox:
    """What follows the text begins where the numbers hang."""
    style = HEADINGS[1]
    heading = plain_box(title, style, section.add("H2"), MEASURE, indent=-HANG)
    heading.outline = (1, title)
    return heading


def cell_texts(signatories: Sequence[SignatoryLine]) -> list[str]:
    """Everything that the rows say, paragraph by paragraph."""
    rows = (columns(line, number) for line, number in references(signatories))
    return [text for row in rows for column in row for text, _ in column if text]


def groups(signatories: Sequence[SignatoryLine]) -> Iterator[list[tuple[SignatoryLine, int]]]:
    """Lines of one kind of municipality, each with the number of its statement."""
    numbered = references(signatories)
    return (list(group) for _, group in groupby(numbered, key=lambda one: one[0].municipality.kind))


def group_name(group: Sequence[tuple[SignatoryLine, int]]) -> str:
    return GROUPS[group[0][0].municipality.kind][len(group) > 1]


def _items(group: Sequence[tuple[SignatoryLine, int]], section: Element) -> Iterator[Item]:
    name = group_name(group)
    again = plain_box(CONTINUED.format(group=name), GROUP, None, _COLUMN)
    yield Item([[plain_box(name, GROUP, section.add("H3"), _COLUMN)]], again=again)
    body = section.add("Table", summary=LIST_SUMMARY.format(group=name)).add("TBody")
    for line, number in group:
        row = body.add("TR")
        cells = (row.add("TH", attributes={"Table": {"Scope": "Row"}}), row.add("TD"))
        filled = zip(cells, _WIDTHS, columns(line, number), strict=True)
        yield Item([_cell(cell, width, parts) for cell, width, parts in filled], (0.0, _NAME))


def columns(line: SignatoryLine, number: int) -> tuple[Parts, Parts]:
    """What stands in the two cells of a row, paragraph by paragraph; some may be empty."""
    name = DEPUTY.format(name=line.name) if line.deputy else line.name
    stands_for = REPRESENTS.format(name=line.represents) if line.represents else ""
    capacity = JOINTLY if line.joint else stands_for
    return (
        [(line.municipality.name, CELL_STRONG), (_note(line, number), CELL_QUIET)],
        [(name, CELL), (line.title, CELL_QUIET), (capacity, CELL_QUIET)],
    )


def _note(line: SignatoryLine, number: int) -> str:
    note = ANSWERS[line.answer].note
    if line.answer.facts.needs_council and line.statement.strip():
        note = f"{note}, {WITH_STATEMENT}"
    return REFERRED.format(note=note or WITH_STATEMENT, number=number) if number else note


def _cell(cell: Element, width: float, parts: Parts) -> list[TextBox]:
    return [plain_box(text, style, cell.add("P"), width) for text, style in parts if text]
