"""The board as a file: CSV for spreadsheets, JSON for programs; what is internal for the coordination."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.domain.permissions import can_follow_sign_offs, can_read_reasons
from server.domain.sign_offs.statements import timestamp
from server.domain.terms.local_time import ZONE
from server.web.declarations.board.page import BOARD
from server.web.declarations.board.state import Board, Row, read_board_for
from server.web.declarations.situations import read_page
from server.web.http.context import web_of
from server.web.http.files import file_route
from server.web.http.visits import visit_of
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import ANSWERS, KINDS, LEVELS

BOM: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so may be taken for a formula (OWASP, CSV injection)."""
INTERNAL: Final = "internal"

PUBLIC: Final[Mapping[str, str]] = {
    "ags": N_("Official key"),
    "name": N_("Municipality"),
    "kind": N_("Kind"),
    "answer": N_("Answer"),
    "counts": N_("Counts for the quorum"),
    "signatory": N_("Signatory"),
    "title": N_("Official title"),
    "represents": N_("In place of"),
    "way": N_("Way of signing"),
    "at": N_("Time"),
    "council_date": N_("Day of the council"),
    "text": N_("Statement or public reason"),
}
OURS: Final[Mapping[str, str]] = {
    "note": N_("Only for the coordination"),
    "reminded": N_("Last reminded"),
    "contacts": N_("Whom to write to"),
}


async def export_csv(request: Request) -> Response:
    board, is_internal = await _read(request)
    pages, language = web_of(request).pages, visit_of(request).language
    columns = {**PUBLIC, **(OURS if is_internal else {})}

    def say(words: str) -> str:
        return pages.say(language, Message(words)) if words else ""

    rows = [_words(_record(row, is_internal), say) for row in board.rows]
    text = csv_text([say(label) for label in columns.values()], [[row[c] for c in columns] for row in rows])
    return _file(board, text.encode(), "csv", "text/csv; charset=utf-8")


async def export_json(request: Request) -> Response:
    board, is_internal = await _read(request)
    said = {
        "declaration": {"slug": board.declaration.slug, "title": board.declaration.title},
        "revision": board.revision and {"number": board.revision.number, "digest": board.revision.digest},
        "at": timestamp(board.now),
        "counted": board.counted,
        "total": len(board.rows),
        "quorum": {"needed": board.standing.needed, "reached": board.standing.reached},
        "municipalities": [_record(row, is_internal) for row in board.rows],
    }
    return _file(board, json.dumps(said, ensure_ascii=False, indent=1).encode(), "json", "application/json")


async def _read(request: Request) -> tuple[Board, bool]:
    """`?scope=internal` is refused to whoever may not read that, not silently narrowed."""
    is_internal = request.query_params.get("scope") == INTERNAL
    return await read_page(
        request, can_read_reasons if is_internal else can_follow_sign_offs, read_board_for
    ), is_internal


def _record(row: Row, is_internal: bool) -> dict[str, object]:
    """Codes and times of machines; the CSV puts words in their place."""
    given, town = row.given, row.municipality
    record: dict[str, object] = {
        "ags": town.ags,
        "name": town.name,
        "kind": town.kind.value,
        "answer": row.kind,
        "counts": row.counts,
        "signatory": row.line.names if row.line else "",
        "title": row.line.titles if row.line else "",
        "represents": given.represents if given else "",
        "way": given.level.value if given else "",
        "at": timestamp(given.at) if given else "",
        "council_date": given.council_date if given else "",
        "text": row.public_text,
    }
    if is_internal:
        record["note"] = row.note
        record["reminded"] = timestamp(row.reminded) if row.reminded else ""
        record["contacts"] = [f"{one.name} <{one.email}>" for one in row.contacts]
    return record


def _words(record: Mapping[str, object], say: Callable[[str], str]) -> dict[str, str]:
    """For people who read the file in a spreadsheet."""
    tables: Mapping[str, Mapping[str, str]] = {
        "kind": {key.value: word for key, word in KINDS.items()},
        "answer": {**{key.value: word for key, word in ANSWERS.items()}, "open": N_("open")},
        "way": {key.value: word for key, word in LEVELS.items()},
    }
    shown: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, bool):
            shown[name] = say(N_("yes") if value else N_("no"))
        elif isinstance(value, list):
            shown[name] = ", ".join(value)
        else:
            shown[name] = say(tables[name].get(str(value), "")) if name in tables else str(value)
    return shown


def csv_text(head: list[str], rows: list[list[str]]) -> str:
    """Semicolons, as spreadsheets with German settings expect them, and no cell that is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def harmless(cell: str) -> str:
    """An apostrophe before what a spreadsheet would calculate, also behind spaces."""
    return f"'{cell}" if cell.startswith(RISKY) or cell.lstrip().startswith(RISKY) else cell


def _file(board: Board, data: bytes, ending: str, media_type: str) -> Response:
    """Named after the declaration and the day in the region."""
    name = f"{board.declaration.slug}-{board.now.astimezone(ZONE):%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


ROUTES = [file_route(f"{BOARD}.csv", export_csv), file_route(f"{BOARD}.json", export_json)]
