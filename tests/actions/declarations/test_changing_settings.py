"""Each section is changed by itself, in its phases, and what it was before is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from server.actions.declarations.settings import change_setting
from server.domain.errors import CannotLeave, InvalidInput, NotAllowed, WrongPhase
from server.domain.sign_offs.errors import QuorumNotReached, WayNotAccepted
from server.domain.sign_offs.statements import Level
from server.domain.terms.quorum import MustHaves, ShareOfMunicipalities
from server.domain.terms.settings import (
    Asked,
    Deadline,
    Languages,
    PlaceAndDay,
    Quorum,
    Section,
    Setting,
    TitleAndIssuer,
    Ways,
)
from server.storage.declarations import declarations, settings
from server.storage.record import audit
from tests.world import LAHR, OFFENBURG, SLUG, World

ACHERN = "08317001"


def change(world: World, setting: Setting, name: str = "clara") -> bool:
    return world.run(change_setting(world.services, actor=world.person(name), slug=SLUG, setting=setting))


def test_a_change_is_stored_with_what_was_before_and_who_made_it(world: World) -> None:
    assert change(world, TitleAndIssuer("Neuer Titel", "Region"))
    declaration = world.read(declarations.load_declaration, SLUG)
    assert (declaration.title, declaration.issuer) == ("Neuer Titel", "Region")
    (made,) = world.ask(settings.read_changes, declaration.id)
    assert (made.section, made.by, made.at) == (Section.TITLE, "Clara", world.time)
    assert made.before == {"title": "Erklärung", "issuer": "Städte und Gemeinden"}
    assert made.after == {"title": "Neuer Titel", "issuer": "Region"}


def test_the_log_names_the_section_and_no_words(world: World) -> None:
    change(world, PlaceAndDay("Offenburg", date(2026, 6, 18)))
    event = world.read(audit.list_events, SLUG)[-1]
    assert event.tag.value == "declaration:setting:change"
    assert sorted(event.facts) == ["after_sha256", "before_sha256", "section"]
    assert b"Offenburg" not in event.canonical()


def test_what_is_so_already_is_no_change(world: World) -> None:
    assert not change(world, Deadline(None))
    assert "declaration:setting:change" not in world.tags


def test_title_and_quorum_are_settled_once_the_text_is_fixed(world: World) -> None:
    world.freeze()
    for setting in (TitleAndIssuer("Neu", "Region"), Quorum(ShareOfMunicipalities(Fraction(1, 2)))):
        with pytest.raises(WrongPhase):
            change(world, setting)
    assert change(world, Deadline(datetime(2026, 6, 18, tzinfo=UTC)))


def test_nobody_but_the_coordination_changes_anything(world: World) -> None:
    for name in ("anna", "doris", "emil"):
        with pytest.raises(NotAllowed):
            change(world, Languages(("de", "en")), name)


def test_a_municipality_that_somebody_is_invited_for_stays(world: World) -> None:
    with pytest.raises(CannotLeave):
        change(world, Asked(frozenset({OFFENBURG, ACHERN})))
    assert change(world, Asked(frozenset({OFFENBURG, LAHR, ACHERN})))
    assert [town.ags for town in world.ask(settings.read_asked, 1, world.time)] == [ACHERN, LAHR, OFFENBURG]


@pytest.mark.parametrize(
    "setting",
    [
        Asked(frozenset()),
        Asked(frozenset({"12345678"})),
        Quorum(MustHaves(frozenset({ACHERN}))),
        Ways(frozenset()),
    ],
)
def test_what_leaves_nothing_or_names_strangers_is_refused(world: World, setting: Setting) -> None:
    with pytest.raises(InvalidInput):
        change(world, setting)


def test_the_original_stays_among_the_languages(world: World) -> None:
    change(world, Languages(("fr",)))
    assert world.read(declarations.load_declaration, SLUG).languages == ("de", "fr")


def test_without_its_quorum_a_declaration_is_not_sealed(world: World) -> None:
    change(world, Asked(frozenset({OFFENBURG, LAHR, ACHERN})))
    change(world, Quorum(ShareOfMunicipalities(Fraction(2, 3))))
    world.freeze()
    world.sign_with_passkey("doris")
    with pytest.raises(QuorumNotReached) as refused:
        world.seal()
    assert refused.value.facts == {"counted": 1, "asked": 3}
    assert world.phase == "signing"
    world.sign_with_passkey("gustav")
    world.seal()
    assert world.phase == "sealed"


def test_a_way_that_is_not_accepted_is_refused_when_begun_and_when_finished(world: World) -> None:
    world.freeze()
    challenge, code = world.send_code("doris")
    change(world, Ways(frozenset({Level.PASSKEY})))
    with pytest.raises(WayNotAccepted):
        world.send_code("gustav")
    with pytest.raises(WayNotAccepted):
        world.confirm("doris", challenge, code)
    with pytest.raises(WayNotAccepted):
        world.hand_out("gustav")
    assert world.answers == []
    assert world.sign_with_passkey("doris").level is Level.PASSKEY
