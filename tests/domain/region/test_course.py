"""How the answers came in: each moment at which the figures changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from server.domain.people.mandates import MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.region.course import Stand, course_of
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import GivenAnswer, Level

START = datetime(2026, 6, 1, tzinfo=UTC)
OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr", MunicipalityKind.GROSSE_KREISSTADT)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def act(number: int, town: Municipality, hours: int, answer: Answer = Answer.SIGNS) -> GivenAnswer:
    who = Signatory(town, "Doris", "Oberbürgermeisterin")
    return GivenAnswer(number, 1, number, who, MandateKind.MAYOR, answer, Level.PASSKEY, at(hours))


def test_no_answers_have_no_course() -> None:
    assert course_of([], {}) == []


def test_each_answer_moves_the_figures_and_a_condition_does_not_count() -> None:
    acts = [act(1, OFFENBURG, 1), act(2, LAHR, 2, Answer.SUBJECT_TO_COUNCIL), act(3, LAHR, 5)]
    assert course_of(acts, {}) == [Stand(at(1), 1, 1), Stand(at(2), 2, 1), Stand(at(5), 2, 2)]


def test_what_was_taken_back_counted_until_then() -> None:
    acts = [replace(act(1, OFFENBURG, 1), withdrawn=True)]
    assert course_of(acts, {1: at(3)}) == [Stand(at(1), 1, 1), Stand(at(3), 0, 0)]


def test_two_who_answer_jointly_count_from_the_second_on() -> None:
    one = replace(act(1, OFFENBURG, 1), capacity=MandateKind.JOINT)
    other = replace(act(2, OFFENBURG, 4), capacity=MandateKind.JOINT)
    assert course_of([one, other], {}) == [Stand(at(4), 1, 1)]


def test_answers_of_one_moment_are_one_step() -> None:
    assert course_of([act(1, OFFENBURG, 1), act(2, LAHR, 1)], {}) == [Stand(at(1), 2, 2)]
