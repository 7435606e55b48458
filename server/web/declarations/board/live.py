"""The part of the board that keeps itself up to date: made once for all who see the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
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
from server.web.declarations.board.state import Board, insight_of, read_board_for
from server.web.declarations.situations import read_page
from server.web.http.addresses import slug_of
from server.web.http.context import services_of, web_of
from server.web.http.visits import person_of, visit_of

NEWS: Final = (Tag.SIGN_OFF_GIVE, Tag.SIGN_OFF_WITHDRAW)


@dataclass(frozen=True, slots=True)
class _State:
    """`part` if it was made for somebody else already; else what it is made of. `key`: all it depends on."""

    position: int
    key: Hashable
    part: bytes | None = None
    board: Board | None = None
    events: tuple[AuditEvent, ...] = ()


async def live(request: Request) -> Response:
    """The part again, if the log has an entry of the declaration other than `seen`; else nothing (204)."""
    seen, selection = _number(request.query_params.get("seen", "")), selection_of(request.query_params)
    if await _is_quiet(request, seen):
        return Response(status_code=204)
    web, language = web_of(request), visit_of(request).language

    def read(db: Reader, access: Access, now: datetime) -> _State:
        slug = access.declaration.slug
        position = read_newest_position(db, slug)
        key = (position, seen, selection, language, *_seen_by(access), now.replace(second=0))
        part = web.parts.find(key)
        if part is not None or position == seen:
            return _State(position, key, part)
        events = tuple(read_since(db, slug, seen, NEWS))
        return _State(position, key, board=read_board_for(db, access, now), events=events)

    state = await read_page(request, permissions.can_follow_sign_offs, read)
    web.watchers.note(person_of(request).id, slug_of(request), state.position)
    part = state.part or _render(request, selection, state)
    if part is None:
        return Response(status_code=204)
    return Response(part, media_type="text/html", headers={"Vary": "Cookie, Accept-Language"})


async def _is_quiet(request: Request, seen: int) -> bool:
    """Nothing has happened since, as far as the log tells, and the person was let in at that position."""
    slug = slug_of(request)
    if not web_of(request).watchers.let_in(person_of(request).id, slug, seen):
        return False
    return await services_of(request).database.ask(lambda db: read_newest_position(db, slug)) == seen


def _seen_by(access: Access) -> tuple[Hashable, ...]:
    """The declaration, and what decides how much of it one sees."""
    return access.declaration, insight_of(access)


def _render(request: Request, selection: Selection, state: _State) -> bytes | None:
    """Kept for the next who asks. A part changes without an entry too: mandates and deadlines end."""
    if state.board is None:
        return None
    web, language = web_of(request), visit_of(request).language
    changed = changed_rows(state.board, state.events)
    keys = frozenset(row.municipality.ags for row in changed)
    context = part_of(request, state.board, selection, keys)
    context["news"] = sentences_of(state.board, changed)
    part = web.pages.render("declarations/board/live.html", language, context)
    return web.parts.keep(state.key, part.encode())


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else -1


ROUTES = [Route(f"{BOARD}/live", live)]
