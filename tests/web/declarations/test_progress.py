"""Who has answered: each municipality once, in the order of the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from server.domain.people.mandates import MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import GivenAnswer, Level
from server.web.declarations.progress import Progress, measure

AT = datetime(2026, 6, 17, tzinfo=UTC)
OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr", MunicipalityKind.GROSSE_KREISSTADT)
SEEBACH = Municipality("08317126", "Seebach", MunicipalityKind.GEMEINDE)
DORIS = Signatory(OFFENBURG, "Doris", "Oberbürgermeisterin")
DEPUTY = Signatory(OFFENBURG, "Dirk", "Bürgermeister")
GUSTAV = Signatory(LAHR, "Gustav", "Oberbürgermeister")
SUSE = Signatory(SEEBACH, "Suse", "Bürgermeisterin")


def answered(signatory: Signatory, answer: Answer = Answer.SIGNS) -> GivenAnswer:
    return GivenAnswer(1, 1, 1, signatory, MandateKind.MAYOR, answer, Level.PASSKEY, AT)


def test_nobody_asked_is_no_progress() -> None:
    progress = measure([], [])
    assert (progress.total, progress.supporting, progress.declined, progress.open) == (0, 0, 0, 0)
    assert progress == Progress(())


def test_every_answer_is_counted_for_what_it_is() -> None:
    declined = answered(GUSTAV, Answer.DECLINES)
    progress = measure([DORIS, GUSTAV, SUSE], [answered(DORIS, Answer.SUBJECT_TO_COUNCIL), declined])
    assert (progress.total, progress.supporting, progress.declined, progress.open) == (3, 1, 1, 1)


def test_the_mayor_stands_for_an_open_municipality_and_the_deputy_who_signed_for_an_answered_one() -> None:
    (line,) = measure([DORIS, DEPUTY], []).lines
    assert (line.signatory, line.answer, line.at) == (DORIS, None, None)
    (line,) = measure([DORIS, DEPUTY], [answered(DEPUTY)]).lines
    assert (line.signatory, line.answer, line.level, line.at) == (DEPUTY, Answer.SIGNS, Level.PASSKEY, AT)


def test_who_answered_and_is_no_longer_asked_stays_in_the_list() -> None:
    progress = measure([GUSTAV], [answered(DORIS)])
    assert [line.municipality for line in progress.lines] == [LAHR, OFFENBURG]
    assert progress.has_answered(OFFENBURG)
    assert not progress.has_answered(LAHR)


def test_of_two_answers_the_later_one_counts() -> None:
    progress = measure([DORIS], [answered(DORIS), answered(DORIS, Answer.DECLINES)])
    assert (progress.total, progress.supporting, progress.declined) == (1, 0, 1)


def test_who_has_answered_stands_in_the_groups_of_the_document() -> None:
    progress = measure([SUSE, DORIS, GUSTAV], [answered(SUSE), answered(DORIS)])
    assert [(kind, [line.municipality.name for line in lines]) for kind, lines in progress.groups] == [
        (MunicipalityKind.GROSSE_KREISSTADT, ["Offenburg"]),
        (MunicipalityKind.GEMEINDE, ["Seebach"]),
    ]
    assert [line.municipality.name for line in progress.waiting] == ["Lahr"]


def test_half_of_a_joint_answer_is_shown_and_not_counted() -> None:
    half = replace(answered(DORIS), capacity=MandateKind.JOINT)
    (line,) = measure([DORIS], [half]).lines
    assert (line.answer, line.half) == (None, half)
    other = replace(half, id=2, person_id=2, signatory=DEPUTY)
    (line,) = measure([DORIS], [half, other]).lines
    assert (line.given, line.half, line.signatory) == (other, None, DEPUTY)
    assert (line.names, line.titles) == ("Doris, Dirk", "Oberbürgermeisterin, Bürgermeister")


def test_what_was_taken_back_is_open() -> None:
    progress = measure([DORIS], [replace(answered(DORIS), withdrawn=True)])
    assert (progress.supporting, progress.open) == (0, 1)


def test_the_meter_has_a_cell_for_each_municipality() -> None:
    progress = measure([SUSE, DORIS, GUSTAV], [answered(SUSE), answered(DORIS, Answer.DECLINES)])
    counted = dict(progress.cells)
    assert (counted["signs"], counted["declines"], counted["open"]) == (1, 1, 1)
    assert sum(counted.values()) == progress.total
