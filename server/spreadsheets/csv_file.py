"""A table as CSV that spreadsheet programs open as it is meant: with a byte-order mark and semicolons, and
without anything in it that they would take for a formula (OWASP, CSV injection)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full width counts too


def render_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8, lines end with CR LF (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """What a program would calculate gets an apostrophe before it: it then shows the text."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
