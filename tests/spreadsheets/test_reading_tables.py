"""Tables as people have them, and files that only look like one."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from server.domain.people.invitations.errors import (
    EmptyTable,
    FormulaCells,
    LongTable,
    MergedCells,
    UnreadableTable,
)
from server.spreadsheets.lines import read_table
from server.spreadsheets.xlsx_lines import MAX_UNPACKED


def workbook(*rows: list[object], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "Jörn;joern@kehl.example".encode("latin-1"),
        b"\xef\xbb\xbf" + "Jörn;joern@kehl.example".encode(),
        "Jörn\tjoern@kehl.example\r\n".encode(),
        '"Jörn","joern@kehl.example"'.encode(),
        "Jörn\tjoern@kehl.example".encode("utf-16"),
        workbook(["Jörn", "joern@kehl.example"]),
    ],
    ids=["latin-1", "byte-order mark", "tab", "comma", "utf-16", "xlsx"],
)
def test_the_same_row_is_read_whatever_it_is_written_in(data: bytes) -> None:
    assert read_table(data)[0].cells[:2] == ("Jörn", "joern@kehl.example")


def test_lines_have_the_numbers_of_the_spreadsheet() -> None:
    assert [line.number for line in read_table(workbook(["a", "b"], [None, None], ["c", 8317096]))] == [1, 3]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyTable),
        (b"\n;;\n", EmptyTable),
        (b"a;=1+1", FormulaCells),
        (workbook(["a", "=1+1"]), FormulaCells),
        (workbook(["a", "b"], ["c", "d"], merged="A1:A2"), MergedCells),
        (b"a;b\n" * 5_001, LongTable),
        (b"PK\x03\x04 and nothing more", UnreadableTable),
        (b"\xd0\xcf\x11\xe0 an old one", UnreadableTable),
        (b"a\0b", UnreadableTable),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_table(data)


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED + 1))
    assert len(out.getvalue()) < 100_000
    with pytest.raises(UnreadableTable):
        read_table(out.getvalue())
