"""The quorum as meters: one for each rule that must be kept, in municipalities or inhabitants."""

from __future__ import annotations

from fractions import Fraction

from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.terms.quorum import (
    NO_RULE,
    AllOf,
    Answers,
    EveryMajorTown,
    MustHaves,
    ShareOfInhabitants,
    ShareOfMunicipalities,
)
from server.web.declarations.board.goals import goals_of

OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr", MunicipalityKind.GROSSE_KREISSTADT)
SEEBACH = Municipality("08317126", "Seebach", MunicipalityKind.GEMEINDE)
PEOPLE = {"08317096": 60_000, "08317065": 48_000, "08317126": 1_400}
ONE = Answers([OFFENBURG, LAHR, SEEBACH], {OFFENBURG.ags}, PEOPLE)


def test_without_a_rule_there_is_no_meter() -> None:
    assert goals_of(NO_RULE, ONE) == []


def test_a_share_of_municipalities_shows_how_many_are_there_and_needed() -> None:
    (goal,) = goals_of(ShareOfMunicipalities(Fraction(2, 3)), ONE)
    assert (goal.counted, goal.needed, goal.total) == (1, 2, 3)
    assert (goal.filled, goal.mark, goal.is_reached) == (33, 67, False)
    assert [sentence.facts["count"] for sentence in goal.words] == [1]


def test_named_towns_are_shown_each_with_whether_it_is_there() -> None:
    (major,) = goals_of(EveryMajorTown(), ONE)
    assert major.towns == ((OFFENBURG, True), (LAHR, False))
    (must,) = goals_of(MustHaves(frozenset({OFFENBURG.ags})), ONE)
    assert (must.counted, must.needed, must.is_reached) == (1, 1, True)


def test_inhabitants_are_counted_where_the_register_has_them() -> None:
    (goal,) = goals_of(ShareOfInhabitants(Fraction(1, 2)), ONE)
    assert (goal.counted, goal.needed, goal.total) == (60_000, 54_700, 109_400)
    assert goal.is_reached
    (unknown,) = goals_of(ShareOfInhabitants(Fraction(1, 2)), Answers([SEEBACH], set(), {}))
    assert (unknown.total, unknown.filled, unknown.mark) == (0, 0, 0)
    assert unknown.words[0].facts == {"names": ["Seebach"]}


def test_rules_that_must_all_be_kept_have_a_meter_each() -> None:
    rule = AllOf((ShareOfMunicipalities(Fraction(1, 3)), EveryMajorTown()))
    assert [goal.is_reached for goal in goals_of(rule, ONE)] == [True, False]
