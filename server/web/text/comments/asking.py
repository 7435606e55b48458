"""What the client asks for: open threads page by page, later only what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.actions.text.comments.writing import may_talk
from server.domain.errors import InvalidInput
from server.domain.permissions import Access, can_comment, can_record_comments
from server.domain.text.comments.threads import Channel, Thread
from server.storage.engine.types import Reader
from server.storage.text.comments.naming import read_towns, read_writers
from server.storage.text.comments.reading import (
    read_changed,
    read_newest_stamp,
    read_open,
    read_resolved,
    read_thread,
)
from server.storage.text.translations import read_text_id
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.context import web_of
from server.web.http.visits import visit_of
from server.web.text.comments.shown import Json, show_thread

PAGE: Final = 100
"""Threads in one answer."""
COMMENTS: Final = f"{DECLARATION}/comments"
OF_TRANSLATIONS: Final = f"{DECLARATION}/translations/{{language}}/comments"


async def list_threads(request: Request) -> Response:
    """`state=open|resolved|changed`, `at`: the stamp from which on (resolved: before which).

    `newest`: the stamp that holds for what was read, to ask for changes from. `more`: there is another page.
    """
    state, at = request.query_params.get("state", "open"), _stamp(request)

    def read(db: Reader, access: Access, _: datetime) -> Json:
        text_id = read_text_id(db, access.declaration, language_of(request))
        newest, threads = read_newest_stamp(db, text_id), _read(db, text_id, state, at)
        shown = [show_thread(thread, access) for thread in threads[:PAGE]]
        return {"threads": shown, "newest": newest, "more": len(threads) > PAGE}

    return _json(await read_page(request, may_talk(language_of(request), can_comment), read))


def _read(db: Reader, text_id: int, state: str, at: int) -> Sequence[Thread]:
    """One more than a page, where there are more."""
    match state:
        case "open":
            return read_open(db, text_id, at, PAGE + 1)
        case "changed":
            return read_changed(db, text_id, at, PAGE + 1)
        case "resolved":
            return read_resolved(db, text_id, at, PAGE + 1)
        case _:
            raise InvalidInput(field="state")


def _stamp(request: Request) -> int:
    """Raises InvalidInput."""
    said = request.query_params.get("at", "0")
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise InvalidInput(field="at")
    return int(said)


async def show_one(request: Request) -> Response:
    key = str(request.path_params["key"])

    def read(db: Reader, access: Access, _: datetime) -> Json:
        return show_thread(
            read_thread(db, read_text_id(db, access.declaration, language_of(request)), key), access
        )

    return _json(await read_page(request, may_talk(language_of(request), can_comment), read))


async def list_names(request: Request) -> Response:
    """Whom one may call in a comment; `channels`: how somebody said it for whom one writes it down."""

    def read(db: Reader, access: Access, _: datetime) -> Json:
        declaration_id = access.declaration.id
        read_text_id(db, access.declaration, language_of(request))
        towns = dict(read_towns(db, declaration_id))
        persons = [
            {"id": person.id, "name": person.name, "municipality": towns.get(ags, "")}
            for person, ags in read_writers(db, declaration_id)
        ]
        municipalities = [{"ags": ags, "name": name} for ags, name in towns.items()]
        channels = _channels(request) if can_record_comments(access) else []
        return {"persons": persons, "municipalities": municipalities, "channels": channels}

    return _json(await read_page(request, may_talk(language_of(request), can_comment), read))


def language_of(request: Request) -> str:
    """Of the translation that is talked about; empty: the original."""
    return str(request.path_params.get("language", ""))


def _channels(request: Request) -> list[Json]:
    pages, language = web_of(request).pages, visit_of(request).language
    labels = pages.translate(language, {channel.value: channel.label for channel in Channel})
    return [{"value": value, "label": label} for value, label in labels.items()]


def _json(answer: Json) -> Response:
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


ROUTES = [
    route
    for base in (COMMENTS, OF_TRANSLATIONS)
    for route in (
        Route(base, list_threads),
        Route(f"{base}/names", list_names),
        Route(f"{base}/{{key}}", show_one),
    )
]
