"""The first sheet of an XLSX file, a zip of XML: its size unpacked is looked at before it is read."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from server.domain.people.invitations.errors import FormulaCells, MergedCells, UnreadableTable
from server.spreadsheets.limits import MAX_COLUMNS, MAX_LINES

MAX_UNPACKED: Final = 24 * 1024 * 1024
"""Bytes of all parts together: what 5,000 lines need many times over, and what a bomb exceeds at once."""
MAX_PARTS: Final = 300
_READ_ROWS: Final = 2 * MAX_LINES
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s")
_UNREADABLE: Final = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl and zipfile raise for files that are damaged or locked."""


def read_xlsx(data: bytes) -> Iterator[list[str]]:
    """Raises UnreadableTable, FormulaCells, MergedCells."""
    try:
        _ensure_small(data)
        yield from _rows(data)
    except _UNREADABLE as error:
        raise UnreadableTable() from error


def _ensure_small(data: bytes) -> None:
    """`zipfile` reads no more of a part than its directory announces."""
    with ZipFile(io.BytesIO(data)) as parts:
        there = parts.infolist()
        if len(there) > MAX_PARTS or sum(part.file_size for part in there) > MAX_UNPACKED:
            raise UnreadableTable()
        for part in there:
            if part.filename.endswith(".xml") and b"<!DOCTYPE" in parts.read(part)[:2000]:
                raise UnreadableTable()


def _rows(data: bytes) -> Iterator[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and the like, which nobody reads here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise UnreadableTable()
        sheet = book.worksheets[0]
        _ensure_unmerged(data, sheet._worksheet_path)
        sheet.reset_dimensions()  # what the file says of its size need not be true
        for number, row in enumerate(sheet.iter_rows(max_row=_READ_ROWS, max_col=MAX_COLUMNS), 1):
            yield [_text(cell, number) for cell in row]
    finally:
        book.close()


def _ensure_unmerged(data: bytes, path: str) -> None:
    with ZipFile(io.BytesIO(data)) as parts:
        if _MERGED.search(parts.read(path)):
            raise MergedCells()


def _text(cell: object, number: int) -> str:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "")
    if kind == "f":
        raise FormulaCells(line=number)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
