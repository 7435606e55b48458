"""Short words for answers, where a tile has room for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.web.declarations.board.state import Board
from server.web.sentences.messages import N_, Message

TILE_WORDS: Final[Mapping[str, str]] = {
    "signs": N_("tile: signs"),
    "signs_with_statement": N_("tile: statement"),
    "subject_to_council": N_("tile: council"),
    "declines": N_("tile: does not"),
    "open": N_("tile: open"),
}
"""Each at most ten characters in every language."""


def standing_of(board: Board) -> Message:
    """How many sign."""
    facts = {"count": board.counted, "total": len(board.rows)}
    if board.counted == 1:
        return Message(N_("One of %(total)s municipalities signs."), facts)
    return Message(N_("%(count)s of %(total)s municipalities sign."), facts)


def heading_of(board: Board) -> Message:
    """How things stand, with the distance to the quorum."""
    if board.revision is None:
        return Message(N_("Nobody has been asked yet."))
    goal, facts = board.standing, {"standing": standing_of(board)}
    if not goal.needed:
        return standing_of(board)
    if goal.reached:
        return Message(N_("%(standing)s The quorum is reached."), facts)
    lacking = goal.needed - goal.counted
    if lacking > 0:
        return Message(N_("%(standing)s Missing for the quorum: %(lacking)s."), facts | {"lacking": lacking})
    return Message(N_("%(standing)s The quorum is not reached yet."), facts)
