"""What the log's page shows, as a file: everything that the filter lets through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.domain import permissions
from server.domain.permissions import Access
from server.domain.sign_offs.statements import timestamp
from server.spreadsheets.csv_file import render_csv
from server.storage.engine.types import Reader
from server.storage.record.filtered import LogEntry, read_all_wanted
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.files import file_route
from server.web.http.pages.rendering import say
from server.web.record.filter import read_filter
from server.web.record.log_page import read_names
from server.web.record.stories import Names, story_of
from server.web.sentences.messages import N_, Message

MOST: Final = 50_000
"""Entries in one file, the oldest first. Whoever has more asks by time."""
COLUMNS: Final = (
    N_("Number"),
    N_("Time (UTC)"),
    N_("What happened"),
    N_("Kind"),
    N_("Person"),
    N_("Municipality"),
    N_("Details"),
    N_("Fingerprint of the entry"),
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    slug: str
    entries: list[LogEntry]
    names: Names


async def export_csv(request: Request) -> Response:
    excerpt = await _read(request)
    head = [say(request, Message(label)) for label in COLUMNS]
    table = render_csv([head, *_rows(excerpt, lambda message: say(request, message))])
    return _file(table, "text/csv; charset=utf-8", f"{excerpt.slug}-log.csv")


async def export_json(request: Request) -> Response:
    excerpt = await _read(request)
    found = [_object(excerpt, entry, lambda message: say(request, message)) for entry in excerpt.entries]
    text = json.dumps({"declaration": excerpt.slug, "entries": found}, ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", f"{excerpt.slug}-log.json")


async def _read(request: Request) -> Excerpt:
    wanted = read_filter(request.query_params)

    def read(db: Reader, access: Access, _: datetime) -> Excerpt:
        slug = access.declaration.slug
        entries = list(read_all_wanted(db, slug, wanted, MOST))
        return Excerpt(slug, entries, read_names(db, [entry.event for entry in entries]))

    return await read_page(request, permissions.can_read_log, read)


def _rows(excerpt: Excerpt, say_it: Callable[[Message], str]) -> Iterator[list[str]]:
    for entry in excerpt.entries:
        event, names = entry.event, excerpt.names
        ags = str(event.facts.get("ags") or "")
        yield [
            str(entry.position),
            timestamp(event.at),
            say_it(story_of(event, names)),
            event.tag.value,
            names.persons.get(event.actor, ""),
            names.towns.get(ags, ags),
            json.dumps(dict(event.facts), ensure_ascii=False, sort_keys=True),
            entry.leaf.hex(),
        ]


def _object(excerpt: Excerpt, entry: LogEntry, say_it: Callable[[Message], str]) -> dict[str, object]:
    event = entry.event
    return {
        "position": entry.position,
        "at": timestamp(event.at),
        "tag": event.tag.value,
        "sentence": say_it(story_of(event, excerpt.names)),
        "actor": {"id": event.actor, "name": excerpt.names.persons.get(event.actor, "")},
        "facts": dict(event.facts),
        "leaf": entry.leaf.hex(),
    }


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


ROUTES = [
    file_route(f"{DECLARATION}/log.csv", export_csv),
    file_route(f"{DECLARATION}/log.json", export_json),
]
