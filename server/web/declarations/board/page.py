"""The page of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Phase
from server.domain.permissions import Access
from server.storage.declarations.walls import WallLink, read_links
from server.storage.engine.types import Reader
from server.web.declarations.board.drawing import draw
from server.web.declarations.board.goals import goals_of
from server.web.declarations.board.plot import plot_of
from server.web.declarations.board.selection import ORDERS, Selection, selection_of
from server.web.declarations.board.state import Board, read_board_for
from server.web.declarations.board.words import TILE_WORDS, heading_of
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path

BOARD: Final = f"{DECLARATION}/board"


@dataclass(frozen=True, slots=True)
class Shown:
    """`walls`: links to the page for the hall that work, for whoever may make some."""

    access: Access
    board: Board
    walls: list[WallLink]


def read_shown(db: Reader, access: Access, now: datetime) -> Shown:
    walls = read_links(db, access.declaration.id) if permissions.can_open_wall(access) else []
    return Shown(access, read_board_for(db, access, now), walls)


async def board(request: Request) -> Response:
    return show(request, await read_page(request, permissions.can_follow_sign_offs, read_shown))


def show(request: Request, page: Shown, link: str = "") -> Response:
    """`link`: to a page for the hall that was made just now. It is shown once."""
    access, selection = page.access, selection_of(request.query_params)
    return render_framed(
        request,
        "declarations/board/page.html",
        access,
        200,
        walls=page.walls,
        wall_link=link,
        may_open_wall=permissions.can_open_wall(access),
        **part_of(request, page.board, selection),
    )


def part_of(
    request: Request, board: Board, selection: Selection, changed: frozenset[str] = frozenset()
) -> dict[str, object]:
    """What the part that is live is made of. `changed`: official keys of what is new in it."""
    declaration = board.declaration
    names = tuple((row.municipality.ags, row.municipality.name) for row in board.rows)
    shown = selection.of(board.rows)
    return {
        "board": board,
        "base": declaration_path(request, "board"),
        "selection": selection,
        "orders": ORDERS,
        "reminders": declaration_path(request, "reminders"),
        "shown": shown,
        "shown_keys": {row.municipality.ags for row in shown},
        "by_key": {row.municipality.ags: row for row in board.rows},
        "changed": changed,
        "heading": heading_of(board),
        "goals": goals_of(declaration.quorum, board.answers),
        "drawing": draw(board.places, names) if board.places else None,
        "tile_words": TILE_WORDS,
        "plot": _plot(board),
        "is_closed": declaration.phase is not Phase.SIGNING,
    }


def _plot(board: Board) -> object:
    if board.revision is None:
        return None
    since, deadline = board.revision.fixed_at, board.declaration.deadline
    until = deadline or max(board.now, since + timedelta(days=1))
    goal = board.standing.needed
    return plot_of(board.course, len(board.rows), goal, since, until, board.now)


ROUTES = [Route(BOARD, board)]
