"""What is new since somebody looked: up to three are named, more are counted."""

from __future__ import annotations

from datetime import UTC, datetime

from server.domain.audit import AuditEvent, Tag
from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.terms.quorum import Answers
from server.web.declarations.board.news import changed_rows, sentences_of
from server.web.declarations.board.state import Board, Insight, Row
from server.web.declarations.progress import Line
from tests.web.declarations.lines import answered

AT = datetime(2026, 6, 17, tzinfo=UTC)
DECLARATION = Declaration(1, "erklaerung", "Erklärung", Phase.SIGNING, "Region", None, None, 1)


def row(number: int, *, is_open: bool = False) -> Row:
    town = Municipality(f"{number:08}", f"Ort {number}", MunicipalityKind.GEMEINDE)
    who = Signatory(town, "Doris", "Bürgermeisterin")
    return Row(town, Line(who) if is_open else answered(who))


def board(*rows: Row) -> Board:
    return Board(DECLARATION, None, rows, Answers([], set()), frozenset(), [], 0, AT, Insight())


def event(number: int) -> AuditEvent:
    return AuditEvent(AT, Tag.SIGN_OFF_GIVE, 1, "erklaerung", {"ags": f"{number:08}"})


def told(state: Board, *numbers: int) -> list[str]:
    changed = changed_rows(state, [event(number) for number in numbers])
    return [sentence.text % dict(sentence.facts) for sentence in sentences_of(state, changed)]


def test_nothing_new_is_not_told() -> None:
    assert told(board(row(1))) == []
    assert told(board(row(1)), 99) == []


def test_up_to_three_are_named_by_what_they_answered() -> None:
    assert told(board(row(1), row(2), row(3, is_open=True)), 1, 3, 1) == [
        "['Ort 1']: signs",
        "['Ort 3']: the answer is open again",
        "2 of 3 municipalities sign.",
    ]


def test_more_are_counted_in_one_sentence() -> None:
    assert told(board(*(row(n) for n in range(51))), *range(40)) == [
        "New answers: 40.",
        "51 of 51 municipalities sign.",
    ]
