"""The part of the board that keeps itself up to date: made once for all who see the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.audit import AuditEvent, Tag
from server.domain.permissions import Access
from server.storage.engine.types import Reader
from server.storage.record.audit import read_since
from server.storage.sign_offs.board import read_newest_position
from server.web.declarations.board.news import changed_rows, sentences_of
from server.web.declarations.board.page import BOARD, part_of
from server.web.declarations.board.selection import Selection, selection_of
from server.web.declarations.board.state import Board, read_board
from server.web.declarations.situations import read_page
from server.web.http.context import web_of
from server.web.http.visits import visit_of

NEWS: Final = (Tag.SIGN_OFF_GIVE, Tag.SIGN_OFF_WITHDRAW)


@dataclass(frozen=True, slots=True)
class _State:
    """What nobody was shown yet. `key`: all that the part depends on."""

    key: Hashable
    board: Board
    events: list[AuditEvent]


async def live(request: Request) -> Response:
    """The part again, if the log has an entry of the declaration other than `seen`; else nothing (204)."""
    seen, selection = _number(request.query_params.get("seen", "")), selection_of(request.query_params)
    web, language = web_of(request), visit_of(request).language

    def read(db: Reader, access: Access, now: datetime) -> str | _State | None:
        slug = access.declaration.slug
        position = read_newest_position(db, slug)
        if position == seen:
            return None
        key = (position, seen, selection, language, *_seen_by(access), now.replace(second=0))
        found = web.parts.find(key)
        return found or _State(key, read_board(db, access, now), read_since(db, slug, seen, NEWS))

    found = await read_page(request, permissions.can_follow_sign_offs, read)
    if found is None:
        return Response(status_code=204)
    part = found if isinstance(found, str) else _render(request, selection, found)
    return HTMLResponse(part, headers={"Vary": "Cookie, Accept-Language"})


def _seen_by(access: Access) -> tuple[Hashable, ...]:
    """The declaration, and what decides how much of it one sees."""
    rights = permissions.can_see_people(access), permissions.can_read_reasons(access)
    return access.declaration.id, access.phase, *rights


def _render(request: Request, selection: Selection, state: _State) -> str:
    """Kept for the next who asks. A part changes without an entry too: mandates and deadlines end."""
    web, language = web_of(request), visit_of(request).language
    changed = changed_rows(state.board, state.events)
    keys = frozenset(row.municipality.ags for row in changed)
    context = part_of(request, state.board, selection, keys)
    context["news"] = sentences_of(state.board, changed)
    return web.parts.keep(state.key, web.pages.render("declarations/board/live.html", language, context))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else -1


ROUTES = [Route(f"{BOARD}/live", live)]
