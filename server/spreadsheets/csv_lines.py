"""Separated values: semicolon, comma or tab; UTF-8 with or without its mark, UTF-16 with one, or Latin-1."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from server.domain.people.invitations.errors import FormulaCells, LongTable, UnreadableTable
from server.spreadsheets.limits import MAX_COLUMNS, MAX_LINES

SEPARATORS: Final = "\t;,"
_LOOKED_AT: Final = 20
"""Lines by which the separator is found."""


def read_csv(data: bytes) -> Iterator[list[str]]:
    """Raises UnreadableTable, FormulaCells, LongTable."""
    text = _decode(data)
    if "\0" in text:
        raise UnreadableTable()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for number, row in enumerate(reader, 1):
            if number > 2 * MAX_LINES:
                raise LongTable(most=MAX_LINES)
            yield [_checked(cell, number) for cell in row[:MAX_COLUMNS]]
    except csv.Error as error:
        raise UnreadableTable() from error


def _decode(data: bytes) -> str:
    """Excel writes Windows-1252, which Latin-1 is a part of; its few gaps are no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """That which stands most often in the first lines; the tab wins, since nobody types one into a cell."""
    head = text.splitlines()[:_LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: sum(line.count(separator) for line in head))


def _checked(cell: str, number: int) -> str:
    """What begins like a formula is one for the next spreadsheet that opens it."""
    if cell.lstrip().startswith("="):
        raise FormulaCells(line=number)
    return cell
