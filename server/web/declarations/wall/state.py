"""What the hall sees: names and answers, no reasons; of those who have not signed nothing but the name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain.declarations import Declaration
from server.domain.region.errors import WallGone
from server.domain.sign_offs.statements import timestamp
from server.storage.declarations.walls import find_shown
from server.storage.engine.types import Reader
from server.storage.sign_offs.board import read_newest_position
from server.web.declarations.board.state import OPEN, Board, Row, read_board


@dataclass(frozen=True, slots=True)
class Wall:
    declaration: Declaration
    board: Board

    @property
    def places(self) -> list[dict[str, str]]:
        return [place_of(row) for row in self.board.rows]

    def state(self) -> dict[str, object]:
        """As JSON; `client/src/wall/state.ts` reads it. It changes with the answers only."""
        return {
            "total": len(self.board.rows),
            "counted": self.board.counted,
            "needed": self.board.standing.needed,
            "places": self.places,
        }


def place_of(row: Row) -> dict[str, str]:
    """Whoever does not sign is not shown up in the hall: their square stays as it was."""
    place = {"key": row.municipality.ags, "name": row.municipality.name}
    given = row.given
    if row.line is None or given is None or not given.answer.supports:
        return place | {"answer": OPEN, "who": "", "at": ""}
    return place | {"answer": given.answer.value, "who": row.line.names, "at": timestamp(given.at)}


def load_shown(db: Reader, token: str) -> tuple[Declaration, int]:
    """The declaration that the link shows, and the newest position of its log. Raises WallGone."""
    declaration = find_shown(db, token)
    if declaration is None:
        raise WallGone
    return declaration, read_newest_position(db, declaration.slug)


def load_wall(db: Reader, token: str, now: datetime) -> Wall:
    """Raises WallGone."""
    declaration, _ = load_shown(db, token)
    return Wall(declaration, read_board(db, declaration, now))
