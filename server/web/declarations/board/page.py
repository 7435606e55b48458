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
from server.web.declarations.board.state import Board, read_board
from server.web.declarations.board.words import TILE_WORDS, heading_of
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path

BOARD: Final = f"{DECLARATION}/board"


@dataclass(frozen=True, slots=True)
class _Page:
    board: Board
    walls: list[WallLink]


async def board(request: Request) -> Response:
    def read(db: Reader, access: Access, now: datetime) -> _Page:
        walls = read_links(db, access.declaration.id) if permissions.can_open_wall(access) else []
        return _Page(read_board(db, access, now), walls)

    page = await read_page(request, permissions.can_follow_sign_offs, read)
    return show(request, page.board, page.walls)


def show(
    request: Request, board: Board, walls: list[WallLink], link: str = "", status: int = 200
) -> Response:
    """`link`: to a page for the hall that was made just now. It is shown once."""
    selection = selection_of(request.query_params)
    return render_framed(
        request,
        "declarations/board/page.html",
        board.access,
        status,
        orders=ORDERS,
        walls=walls,
        wall_link=link,
        may_open_wall=permissions.can_open_wall(board.access),
        **part_of(request, board, selection),
    )


def part_of(
    request: Request, board: Board, selection: Selection, changed: frozenset[str] = frozenset()
) -> dict[str, object]:
    """What the part that is live is made of. `changed`: official keys of what is new in it."""
    access, declaration = board.access, board.access.declaration
    names = tuple((row.municipality.ags, row.municipality.name) for row in board.rows)
    shown = selection.of(board.rows)
    return {
        "board": board,
        "base": declaration_path(request, "board"),
        "selection": selection,
        "shown": shown,
        "shown_keys": {row.municipality.ags for row in shown},
        "by_key": {row.municipality.ags: row for row in board.rows},
        "changed": changed,
        "heading": heading_of(board),
        "goals": goals_of(declaration.quorum, board.answers),
        "drawing": draw(board.places, names) if board.places else None,
        "tile_words": TILE_WORDS,
        "plot": _plot(board),
        "is_closed": access.phase is not Phase.SIGNING,
        "may_call": permissions.can_see_people(access),
        "may_read_reasons": permissions.can_read_reasons(access),
    }


def _plot(board: Board) -> object:
    if board.revision is None:
        return None
    since, deadline = board.revision.fixed_at, board.access.declaration.deadline
    until = deadline or max(board.now, since + timedelta(days=1))
    goal = board.standing.needed
    return plot_of(board.course, len(board.rows), goal, since, until, board.now)


ROUTES = [Route(BOARD, board)]
