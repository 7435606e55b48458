"""The page for the hall, and what it asks for every few seconds. Whoever has the link may look on."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.people.languages import Language
from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.web.declarations.board.drawing import draw
from server.web.declarations.wall.state import Wall, load_shown, load_wall
from server.web.http.context import services_of, web_of
from server.web.http.kept.feeds import Feed, feed_of
from server.web.http.pages.rendering import render
from server.web.http.visits import visit_of
from server.web.sentences.messages import N_
from server.web.sentences.words import ANSWERS

WALL: Final = "/wall/{token}"
LOCALES: Final = {"de": "de-DE", "en": "en-GB"}
WORDS: Final = {
    "just": N_("Signed just now"),
    "many": N_("# more municipalities"),
    "condition": N_("Subject to the council's decision"),
    "page": N_("These municipalities sign (# of #)"),
    "stand": N_("As of #"),
    "cut": N_("The line is cut. As of #"),
    "gone": N_("This link no longer works. Please ask the coordination for a new one."),
}
"""Of the client, which puts numbers and times in place of each #."""


async def wall(request: Request) -> Response:
    token, services = _token_of(request), services_of(request)
    now = services.now()
    shown = await services.database.ask(lambda db: load_wall(db, token, now))
    names = tuple((row.municipality.ags, row.municipality.name) for row in shown.board.rows)
    return render(
        request,
        "declarations/wall/page.html",
        board=shown.board,
        declaration=shown.declaration,
        drawing=draw(shown.board.places, names) if shown.board.places else None,
        places={place["key"]: place for place in shown.places},
        latest=max(shown.places, key=lambda place: place["at"], default=None),
        config=_config(request, shown),
        words=WORDS,
    )


def _config(request: Request, shown: Wall) -> dict[str, object]:
    language: Language = visit_of(request).language
    say = web_of(request).pages.translate
    answers = say(language, {answer.value: word for answer, word in ANSWERS.items()})
    words = say(language, WORDS) | {"locale": LOCALES[language]}
    return {
        "address": f"{request.url.path}/state",
        "state": shown.state(),
        "words": words | {"answers": answers | say(language, {"open": N_("open")})},
    }


async def state(request: Request) -> Response:
    """JSON with a validator: who has it already is told so without a body (304)."""
    feed = await _feed(request, _token_of(request))
    headers = {"ETag": feed.tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == feed.tag:
        return Response(status_code=304, headers=headers)
    return Response(feed.body, media_type="application/json", headers=headers)


async def _feed(request: Request, token: str) -> Feed:
    """At most once a second from the database, and made anew only if the log has gone on. Raises WallGone."""
    feeds, name = web_of(request).feeds, hash_token(token)
    if (fresh := feeds.fresh(name)) is not None:
        return fresh
    database, now = services_of(request).database, services_of(request).now()
    kept = feeds.kept(name)
    try:
        return feeds.keep(name, await database.ask(lambda db: _look(db, token, now, kept)))
    except Exception:
        feeds.forget(name)  # taken back, or nobody knows
        raise


def _look(db: Reader, token: str, now: datetime, kept: Feed | None) -> Feed:
    declaration, position = load_shown(db, token)
    state = (declaration, position, now.replace(second=0))  # mandates end without an entry in the log
    if kept is not None and kept.state == state:
        return kept
    said = load_wall(db, token, now).state()
    return feed_of(state, json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


def _token_of(request: Request) -> str:
    return str(request.path_params["token"])[:64]


ROUTES = [Route(WALL, wall), Route(f"{WALL}/state", state)]
