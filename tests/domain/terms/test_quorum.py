"""When a declaration comes about, and what is missing until then."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.terms.quorum import (
    NO_RULE,
    AllOf,
    Answers,
    EveryMajorTown,
    MissingInhabitants,
    MissingNumber,
    MissingTowns,
    MustHaves,
    Rule,
    ShareOfInhabitants,
    ShareOfMunicipalities,
    UnknownInhabitants,
    all_of,
    counts,
    measure,
    parse_rule,
    parse_share,
    parts_of,
    rule_text,
)

OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr", MunicipalityKind.GROSSE_KREISSTADT)
ETTENHEIM = Municipality("08317026", "Ettenheim", MunicipalityKind.STADT)
BERGHAUPTEN = Municipality("08317009", "Berghaupten", MunicipalityKind.GEMEINDE)
TOWNS = (BERGHAUPTEN, OFFENBURG, ETTENHEIM, LAHR)
PEOPLE = {OFFENBURG.ags: 60_000, LAHR.ags: 48_000, ETTENHEIM.ags: 13_000, BERGHAUPTEN.ags: 2_000}
TWO_THIRDS = ShareOfMunicipalities(Fraction(2, 3))


def behind(*towns: Municipality) -> Answers:
    return Answers(TOWNS, {town.ags for town in towns}, PEOPLE)


def test_without_a_rule_nothing_is_missing() -> None:
    assert measure(NO_RULE, behind()).reached


def test_a_share_is_rounded_up() -> None:
    standing = measure(TWO_THIRDS, behind(OFFENBURG))
    assert standing.missing == (MissingNumber(count=2, needed=3),)
    assert (standing.counted, standing.needed) == (1, 3)
    assert measure(TWO_THIRDS, behind(OFFENBURG, LAHR, ETTENHEIM)).reached


def test_all_major_towns_are_named_in_the_order_of_the_document() -> None:
    assert measure(EveryMajorTown(), behind(ETTENHEIM)).missing == (MissingTowns((LAHR, OFFENBURG)),)
    assert measure(EveryMajorTown(), behind(LAHR, OFFENBURG)).reached


def test_must_haves_are_named() -> None:
    rule = MustHaves(frozenset({ETTENHEIM.ags, LAHR.ags}))
    assert measure(rule, behind(LAHR)).missing == (MissingTowns((ETTENHEIM,)),)


def test_a_must_have_that_is_no_longer_asked_holds_nobody_up() -> None:
    assert measure(MustHaves(frozenset({"09999999"})), behind()).reached


def test_inhabitants_count_by_their_number() -> None:
    rule = ShareOfInhabitants(Fraction(1, 2))
    assert measure(rule, behind(LAHR)).missing == (MissingInhabitants(count=13_500, needed=61_500),)
    assert measure(rule, behind(LAHR, ETTENHEIM)).missing == (MissingInhabitants(500, 61_500),)
    assert measure(rule, behind(LAHR, OFFENBURG)).reached
    assert measure(rule, behind()).needed == 2


def test_where_the_register_knows_no_inhabitants_the_rule_is_not_reached() -> None:
    known = {key: PEOPLE[key] for key in PEOPLE if key != ETTENHEIM.ags}
    answers = Answers(TOWNS, {town.ags for town in TOWNS}, known)
    assert measure(ShareOfInhabitants(Fraction(1, 2)), answers).missing == (UnknownInhabitants((ETTENHEIM,)),)


def test_rules_are_kept_together() -> None:
    rule = AllOf((TWO_THIRDS, EveryMajorTown()))
    assert len(measure(rule, behind()).missing) == 2
    assert measure(rule, behind(BERGHAUPTEN, ETTENHEIM, OFFENBURG)).missing == (MissingTowns((LAHR,)),)
    assert measure(rule, behind(LAHR, OFFENBURG, ETTENHEIM)).reached


def test_an_answer_under_a_condition_does_not_count() -> None:
    assert {answer for answer in Answer if counts(answer)} == {Answer.SIGNS, Answer.SIGNS_WITH_STATEMENT}


SHARES = st.fractions(Fraction(1, 100), 1, max_denominator=100)
PARTS = st.one_of(
    SHARES.map(ShareOfMunicipalities),
    SHARES.map(ShareOfInhabitants),
    st.just(EveryMajorTown()),
    st.frozensets(st.sampled_from(sorted(PEOPLE)), min_size=1).map(MustHaves),
)
RULES = st.lists(PARTS, max_size=4).map(all_of)


@given(RULES)
def test_a_rule_is_read_as_it_was_written(rule: Rule) -> None:
    assert parse_rule(rule_text(rule)) == rule


@given(RULES, st.sets(st.sampled_from(TOWNS)), st.sampled_from(TOWNS))
def test_one_more_never_makes_a_quorum_fail(rule: Rule, there: set[Municipality], more: Municipality) -> None:
    if measure(rule, behind(*there)).reached:
        assert measure(rule, behind(*there, more)).reached


@given(RULES)
def test_when_all_have_signed_every_rule_is_reached(rule: Rule) -> None:
    assert measure(rule, behind(*TOWNS)).reached
    assert len(parts_of(rule)) <= 4


@pytest.mark.parametrize("text", ["0", "-1/2", "3/2", "1/0", "many", "", "1/1001"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_share(text)


@pytest.mark.parametrize("text", ["{}", '[{"kind":"majority"}]', '[{"kind":"must_haves","keys":[]}]', "[1]"])
def test_a_rule_that_nobody_knows_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="rule"):
        parse_rule(text)
