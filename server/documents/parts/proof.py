"""How and when the municipalities answered: a row for each way, one where all are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from server.documents.model import SignatoryLine, municipalities_of
from server.documents.parts.signatories import hung_heading
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.paragraph import Span
from server.documents.typeset.styles import ACCENT, HANG, MEASURE, NOTE, SMALL, SMALL_QUIET, WIDE
from server.documents.typeset.table import Row, Table, head_row
from server.documents.typeset.text_box import plain_box, text_box
from server.documents.wording import (
    ALL_OF_THEM,
    ALL_OTHERS,
    COLUMNS,
    LEVEL_NOTES,
    LEVELS,
    PERIOD,
    PROOF,
    SOME,
    german_time,
)
from server.domain.sign_offs.statements import Level

_GAP: Final = 12.0
_OFFSETS: Final = (0.0, 0.25 * WIDE, 0.70 * WIDE)
_WIDTHS: Final = (_OFFSETS[1] - _GAP, _OFFSETS[2] - _OFFSETS[1] - _GAP, WIDE - _OFFSETS[2])
_STYLES: Final = (SMALL, SMALL, SMALL_QUIET)
_LABEL: Final = f"{PROOF}:"
_FEW: Final = 4
"""So many names are always given."""
_NAMES_A_ROW: Final = 20
"""A row stays on one page, and must not leave half of one empty."""

ProofRow = tuple[str, str, str]
"""Way, municipalities, time."""


def proof_boxes(signatories: Sequence[SignatoryLine], document: Element) -> list[Box]:
    """Nothing where nobody signed. What the ways mean that occur here stands below."""
    if not signatories:
        return []
    section = document.add("Sect", title=PROOF)
    rows = list(proof_rows(signatories))
    head: list[Box] = [_line(rows[0], section)] if len(rows) == 1 else _table(rows, section)
    below = [
        plain_box(note, NOTE, section.add("P"), MEASURE, indent=-HANG) for note in proof_notes(signatories)
    ]
    for box in below[:-1]:
        box.keep_next = True
    below[-1].keep_next = len(rows) == 1  # one line is never parted from how it is verified
    return [*head, *below]


def proof_texts(signatories: Sequence[SignatoryLine]) -> list[str]:
    """Everything that the section says, paragraph by paragraph; empty where nobody signed."""
    rows = list(proof_rows(signatories))
    if not rows:
        return []
    if len(rows) == 1:
        return [f"{_LABEL} {in_one_line(rows[0])}", *proof_notes(signatories)]
    return [PROOF, *COLUMNS, *(text for row in rows for text in row), *proof_notes(signatories)]


def _line(row: ProofRow, section: Element) -> Box:
    label = Span(_LABEL, SMALL.bold, SMALL.size, ACCENT)
    said = Span(f" {in_one_line(row)}", SMALL.regular, SMALL.size, SMALL.colour)
    box = text_box([label, said], SMALL, section.add("P"), MEASURE, indent=-HANG)
    box.before, box.after, box.keep_next = 16, 2, True
    return box


def in_one_line(row: ProofRow) -> str:
    return " · ".join(row)


def _table(rows: Sequence[ProofRow], section: Element) -> list[Box]:
    heading = hung_heading(PROOF, section)
    element = section.add("Table", summary=f"{PROOF}: {', '.join(COLUMNS)}")
    head = head_row(element, COLUMNS, _WIDTHS)
    body = element.add("TBody")
    shown = [_row(texts, body.add("TR")) for texts in rows]
    return [heading, Table(WIDE, _OFFSETS, head, shown, -HANG, after=6, keep_next=True)]


def proof_notes(signatories: Sequence[SignatoryLine]) -> list[str]:
    """What the ways mean that occur here."""
    used = {line.level for line in signatories}
    return [LEVEL_NOTES[level] for level in Level if level in used]


def proof_rows(signatories: Sequence[SignatoryLine]) -> Iterator[ProofRow]:
    by_level = {level: [line for line in signatories if line.level is level] for level in Level}
    most = max(by_level.values(), key=len, default=[])
    for level, lines in by_level.items():
        times = sorted(line.at for line in lines)
        if lines and (lines is most and len(lines) > _FEW):
            count = len(municipalities_of(lines))
            whom = ALL_OTHERS if len(lines) < len(signatories) else ALL_OF_THEM
            yield LEVELS[level], whom.format(count=count), _period(times[0], times[-1])
            continue
        for i in range(0, len(lines), _NAMES_A_ROW):
            towns = municipalities_of(lines[i : i + _NAMES_A_ROW])
            names = ", ".join(town.name for town in towns)
            whom = names if len(towns) == 1 else SOME.format(count=len(towns), names=names)
            yield LEVELS[level], whom, _period(times[0], times[-1])


def _period(first: datetime, last: datetime) -> str:
    one, other = german_time(first), german_time(last)
    return one if one == other else PERIOD.format(first=one, last=other)


def _row(texts: Sequence[str], row: Element) -> Row:
    elements = (row.add("TH", attributes={"Table": {"Scope": "Row"}}), row.add("TD"), row.add("TD"))
    cells = zip(texts, _STYLES, elements, _WIDTHS, strict=True)
    return Row([[plain_box(text, style, cell.add("P"), width)] for text, style, cell, width in cells])
