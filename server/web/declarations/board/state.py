"""Everything a board shows, read in one moment's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.declarations import Declaration, RevisionHead
from server.domain.people.municipalities import Municipality, in_protocol_order
from server.domain.permissions import Access, can_read_reasons, can_remind, can_see_people
from server.domain.region.course import Stand, course_of
from server.domain.region.tiles import Place
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import GivenAnswer
from server.domain.terms import quorum
from server.storage.declarations.settings import read_asked
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_signatories
from server.storage.sign_offs import board as stored
from server.storage.sign_offs.board import Contact
from server.storage.sign_offs.sign_offs import read_answers
from server.storage.text.revisions import read_heads
from server.web.declarations.progress import Line, measure

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality. `line` is None where nobody is invited yet. `note` and `contacts` are filled
    only for whoever may see them."""

    municipality: Municipality
    line: Line | None
    note: str = ""
    contacts: tuple[Contact, ...] = ()
    reminded: datetime | None = None

    @property
    def given(self) -> GivenAnswer | None:
        return self.line.given if self.line else None

    @property
    def kind(self) -> str:
        """An answer's value, or "open": the name of its sign, and what the list is chosen by."""
        return self.given.answer.value if self.given else OPEN

    @property
    def counts(self) -> bool:
        return self.given is not None and quorum.counts(self.given.answer)

    @property
    def public_text(self) -> str:
        """A Protokollerklärung, or a reason that is not internal: it stands in what was signed."""
        return self.given.text if self.given else ""


@dataclass(frozen=True, slots=True)
class Insight:
    """What somebody has on the board beside what everybody who follows the sign-offs has."""

    reasons: bool = False
    contacts: bool = False
    reminding: bool = False


def insight_of(access: Access) -> Insight:
    return Insight(can_read_reasons(access), can_see_people(access), can_remind(access))


@dataclass(frozen=True, slots=True)
class Board:
    """`rows` in the document's order. `acts`: all answers to the current text, also those that count no more.
    `position`: of the newest entry in the log."""

    declaration: Declaration
    revision: RevisionHead | None
    rows: tuple[Row, ...]
    answers: quorum.Answers
    places: frozenset[Place]
    course: Sequence[Stand]
    position: int
    now: datetime
    insight: Insight

    @property
    def counted(self) -> int:
        return sum(row.counts for row in self.rows)

    @property
    def standing(self) -> quorum.Standing:
        return quorum.measure(self.declaration.quorum, self.answers)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """For the meter and the filters: how many of each answer, and of none."""
        kinds = [row.kind for row in self.rows]
        return [(kind, kinds.count(kind)) for kind in KINDS]


KINDS = (*(answer.value for answer in Answer), OPEN)


def read_board_for(db: Reader, access: Access, now: datetime) -> Board:
    """With what the person may see."""
    return read_board(db, access.declaration, now, insight_of(access))


def read_board(db: Reader, declaration: Declaration, now: datetime, insight: Insight = Insight()) -> Board:
    """What nobody may see is not read."""
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    current = [head.id for head in heads if head.digest == heads[0].digest]
    acts = read_answers(db, current) if current else []
    signatories = read_signatories(db, [declaration.id], now)[declaration.id]
    lines = {line.municipality.ags: line for line in measure(signatories, acts).lines}
    asked = read_asked(db, declaration.id, now)
    towns = in_protocol_order({*asked, *(line.municipality for line in lines.values())})
    places, inhabitants = stored.read_places(db, [town.ags for town in towns])
    rows = _rows(db, declaration.id, now, insight, towns, lines)
    behind = {row.municipality.ags for row in rows if row.counts}
    return Board(
        declaration=declaration,
        revision=heads[0] if heads else None,
        rows=rows,
        answers=quorum.Answers(asked, behind, inhabitants),
        places=places,
        course=course_of(acts, stored.read_taken_back(db, declaration.id)),
        position=stored.read_newest_position(db, declaration.slug),
        now=now,
        insight=insight,
    )


def _rows(
    db: Reader,
    declaration_id: int,
    now: datetime,
    insight: Insight,
    towns: Sequence[Municipality],
    lines: Mapping[str, Line],
) -> tuple[Row, ...]:
    notes = stored.read_notes(db, declaration_id) if insight.reasons else {}
    whom = stored.read_contacts(db, declaration_id, now) if insight.contacts else {}
    reminded = stored.read_reminded(db, declaration_id) if insight.contacts else {}
    rows = []
    for town in towns:
        line = lines.get(town.ags)
        note = notes.get(line.given.id, "") if line and line.given else ""
        rows.append(Row(town, line, note, whom.get(town.ags, ()), reminded.get(town.ags)))
    return tuple(rows)
