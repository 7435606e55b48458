"""Pure ASGI middleware. `create_middleware` puts it in order."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from secrets import token_hex, token_urlsafe
from time import monotonic
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.actions.people import accounts
from server.domain.errors import KraftaktError, NotFound, StaleForm, TooLarge, TooSlow
from server.storage.people import sessions
from server.web.http import context, headers, visits
from server.web.http.context import Web, network_of, services_of, web_of
from server.web.http.csrf import SAFE_METHODS, is_same_origin
from server.web.http.errors import answer, problem_of
from server.web.http.languages import chosen_language, negotiate
from server.web.http.pages.static import PREFIX
from server.web.http.refusals import note_refusal
from server.web.http.visits import SESSION_COOKIE, VISITOR_COOKIE, Visit, cookie_name, visit_of

MEGABYTE: Final = 1024 * 1024
FRAMES: Final = 8
"""How many of the innermost calls the log names for an unexpected error."""
LONGEST_PATH: Final = 1_000
"""Characters; Python refuses to read numbers of more than 4,300 digits."""
DEFAULT_LIMIT: Final = MEGABYTE
_AROUND: Final = MEGABYTE // 4
"""What a form carries around its file."""
LIMITS: Final[Mapping[str, int]] = {
    "/verify": 50 * MEGABYTE + _AROUND,
    "/people/import": 5 * MEGABYTE + _AROUND,
    "/register": 5 * MEGABYTE + _AROUND,
    "/text/files": 21 * MEGABYTE + _AROUND,
    "/paper": 48 * MEGABYTE,
}
"""Bytes of a request's body by how its path ends: what the page promises and a little more. Scans may have
10 MB; what is larger is read, so that what was typed can be kept."""
COPY: Final = ("/sign/copy/", 8 * MEGABYTE)
"""Pages that take a signed copy of at most 4 MB."""
BODY_TIMEOUT: Final = 30.0
BODY_RATE: Final = 32 * 1024
"""Seconds for a body, and one more for every so many bytes that have arrived: slow connections pass,
slowloris does not."""

LIVE: Final = ("/live/", 2 * MEGABYTE)
"""Frames of the live text, up to 1 MiB each, with a little around them."""

WITHOUT_PERSON: Final = (PREFIX, "/health", "/ready", "/ws/", "/wall/", "/e/", "/api/", "/vorschau/")
"""Static files and the health check need no database, the page for the hall and what is public no person. The
rooms' sockets ask by themselves, in the same breath as for the rights."""

log = logging.getLogger("kraftakt.web")


class Entrance:
    """Gives every request its id, its `Web` and its `Visit`, and every answer its headers."""

    def __init__(self, app: ASGIApp, web: Web) -> None:
        self._app = app
        self._web = web

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope[context.SCOPE_KEY] = self._web
        visit = scope[visits.SCOPE_KEY] = first_look(HTTPConnection(scope), self._web)
        secure = self._web.services.base_url.startswith("https://")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers.apply_headers(MutableHeaders(scope=message), visit.request_id, secure=secure)
                if self._web.quick is not None and scope["type"] == "http":
                    self._web.quick.note(scope, message)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def first_look(connection: HTTPConnection, web: Web) -> Visit:
    """What the request itself tells; who is signed in is found out by `VisitMiddleware`."""
    token = connection.cookies.get(cookie_name(SESSION_COOKIE, web.services))
    secret = token or connection.cookies.get(cookie_name(VISITOR_COOKIE, web.services))
    return Visit(
        request_id=token_hex(8),
        language=negotiate(connection),
        secret=secret or token_urlsafe(32),
        session_token=token,
        fresh=not secret,
        chosen=chosen_language(connection) is not None,
    )


class UnexpectedErrors:
    """The last resort: our own page, and a log line that names the request, not the person."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            log.info("request %s: the visitor hung up", visit_of(HTTPConnection(scope)).request_id)
        except Exception as error:
            request = Request(scope, receive)
            if isinstance(error, KraftaktError):
                note_refusal(request, error)
            else:
                log_unexpected(visit_of(request).request_id, error)
            if started:
                raise
            problem = problem_of(error if isinstance(error, KraftaktError) else KraftaktError())
            await answer(request, problem)(scope, receive, send)


def log_unexpected(request_id: str, error: Exception) -> None:
    """Where it happened, never what the error says: its text may quote what people wrote."""
    innermost = traceback.extract_tb(error.__traceback__)[: -FRAMES - 1 : -1]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in innermost)
    log.error("request %s failed: %s at %s", request_id, type(error).__name__, where)


class PlainAddress:
    """Refuses paths with control characters: nothing has such a name, and PostgreSQL cannot look for NUL; and
    such as are longer than any name or number in them can be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_plain(scope["path"]):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            raise NotFound(what="address")
        else:
            await send({"type": "websocket.close", "code": 1008})


def _is_plain(path: str) -> bool:
    return len(path) <= LONGEST_PATH and all(char >= " " and char != "\x7f" for char in path)


class BodyLimit:
    """Refuses a body that is too large, as it says or as it turns out, one that does not come, and one
    too many at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit_of(scope["path"])
        error = TooLarge(megabytes=limit // MEGABYTE)
        connection = HTTPConnection(scope)
        announced = connection.headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            raise error
        share = web_of(connection).bodies.share(network_of(connection))
        seen, complete, began = 0, False, monotonic()

        async def counted() -> Message:
            nonlocal seen, complete
            end = None if complete else began + BODY_TIMEOUT + seen / BODY_RATE
            message = await _receive_by(receive, end)
            seen += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if seen > limit:
                raise error
            share.ensure(seen)
            return message

        try:
            await self._app(scope, counted, send)
        finally:
            share.end()


def _limit_of(path: str) -> int:
    if path.startswith(LIVE[0]):
        return LIVE[1]
    if COPY[0] in path:
        return COPY[1]
    return next((size for end, size in LIMITS.items() if path.endswith(end)), DEFAULT_LIMIT)


async def _receive_by(receive: Receive, end: float | None) -> Message:
    """Raises TooSlow when nothing has come by then. After the body, waits for the disconnect indefinitely."""
    if end is None:
        return await receive()
    try:
        return await asyncio.wait_for(receive(), max(end - monotonic(), 0))
    except TimeoutError as error:
        raise TooSlow() from error


class VisitMiddleware:
    """Finds out whose session it is, but for what lies below `WITHOUT_PERSON`. A language that a person
    chooses on the way is kept for the mail to them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not scope["path"].startswith(WITHOUT_PERSON):
            await _find_person(HTTPConnection(scope))
        await self._app(scope, receive, send)


async def _find_person(connection: HTTPConnection) -> None:
    visit, services = visit_of(connection), services_of(connection)
    token, now = visit.session_token, services.now()
    if token is None:
        return
    session = await services.database.ask(lambda db: sessions.find_session(db, token, now))
    if session is None:
        return
    session = await accounts.keep_session(services, session_token=token, session=session)
    if visit.chosen and session.person.language != visit.language:
        await accounts.choose_language(services, actor=session.person, language=visit.language)
    connection.scope[visits.SCOPE_KEY] = replace(
        visit, person=session.person, session_ends=session.ends_at, proven_at=session.proven_at
    )


class SameOrigin:
    """Refuses requests that change something and come from another site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            connection = HTTPConnection(scope)
            if not is_same_origin(connection.headers, web_of(connection).origins):
                raise StaleForm()
        await self._app(scope, receive, send)


def create_middleware(web: Web) -> list[Middleware]:
    """For `Starlette(middleware=…)`."""
    return [
        Middleware(Entrance, web=web),
        Middleware(UnexpectedErrors),
        Middleware(PlainAddress),
        Middleware(BodyLimit),
        Middleware(VisitMiddleware),
        Middleware(SameOrigin),
    ]
