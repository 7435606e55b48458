"""Lines of a table, as text, with the numbers that the spreadsheet shows. Everything is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from server.domain.people.invitations.errors import EmptyTable, LongTable, UnreadableTable
from server.spreadsheets.csv_lines import read_csv
from server.spreadsheets.limits import MAX_BYTES, MAX_CELL, MAX_LINES
from server.spreadsheets.xlsx_lines import read_xlsx

ZIP_MAGIC: Final = b"PK\x03\x04"
OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from one, blank lines included, as the spreadsheet does."""

    number: int
    cells: tuple[str, ...]


def read_table(data: bytes) -> list[Line]:
    """Of a file or of pasted text, whatever its name says. Blocks.

    Raises TooLarge, LongTable, EmptyTable, UnreadableTable, FormulaCells, MergedCells.
    """
    if len(data) > MAX_BYTES or data.startswith(OLD_EXCEL_MAGIC):
        raise UnreadableTable()
    rows = read_xlsx(data) if data.startswith(ZIP_MAGIC) else read_csv(data)
    lines = list(_lines(rows))
    if not lines:
        raise EmptyTable()
    return lines


def _lines(rows: Iterable[Sequence[str]]) -> Iterable[Line]:
    count = 0
    for number, row in enumerate(rows, 1):
        cells = tuple(" ".join(cell.split())[:MAX_CELL] for cell in row)
        if not any(cells):
            continue
        count += 1
        if count > MAX_LINES:
            raise LongTable(most=MAX_LINES)
        yield Line(number, cells)
