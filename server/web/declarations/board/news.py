"""What is new since somebody looked: one sentence, however much it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.domain.audit import AuditEvent
from server.web.declarations.board.state import Board, Row
from server.web.declarations.board.words import standing_of
from server.web.sentences.messages import N_, Message

NAMED: Final = 3
"""So many are named; more are counted."""
_ONE: Final = {
    "signs": N_("%(names)s: signs"),
    "signs_with_statement": N_("%(names)s: signs with a statement for the record"),
    "subject_to_council": N_("%(names)s: subject to the council's decision"),
    "declines": N_("%(names)s: does not sign"),
    "open": N_("%(names)s: the answer is open again"),
}


def changed_rows(board: Board, events: Sequence[AuditEvent]) -> list[Row]:
    """Those whose municipality has answered or taken its answer back, each once, in the list's order."""
    keys = {event.facts.get("ags") for event in events}
    return [row for row in board.rows if row.municipality.ags in keys]


def sentences_of(board: Board, changed: Sequence[Row]) -> list[Message]:
    """To be read out one after the other; none where nothing changed that the list shows."""
    if not changed:
        return []
    total = standing_of(board)
    if len(changed) > NAMED:
        return [Message(N_("New answers: %(count)s."), {"count": len(changed)}), total]
    said: list[Message] = []
    for kind, sentence in _ONE.items():
        names = [row.municipality.name for row in changed if row.kind == kind]
        if names:
            said.append(Message(sentence, {"names": names}))
    return [*said, total]
