"""The right to suggest and nothing else: given like any role, for a municipality, in one declaration."""

from __future__ import annotations

import pytest

from server.actions.declarations.start import Invitee, Start, start_declaration
from server.domain.errors import NotAllowed, WrongPhase
from server.domain.people.roles import Role
from server.domain.permissions import can_edit_text, can_freeze, can_join_room, can_suggest
from server.storage.declarations.access import access_declaration
from server.storage.people import persons
from tests.world import BLOCKS, LAHR, World

SLUG = "zweite"
INVITEES = [
    Invitee("clara@example.org", "Clara", Role.COORDINATOR),
    Invitee("ben@example.org", "Ben", Role.SUGGESTER, LAHR),
]


@pytest.fixture
def begun(world: World) -> World:
    world.run(
        start_declaration(world.services, start=Start(SLUG, "Zweite", "Region", None, None, BLOCKS, INVITEES))
    )
    return world


def test_whoever_is_invited_to_suggest_may_do_that_for_the_municipality(begun: World) -> None:
    ben = begun.person("ben")
    for may in (can_join_room, can_suggest):
        access = begun.read(access_declaration, ben, SLUG, may, begun.time)
        assert access.municipality is not None
        assert access.municipality.ags == LAHR


def test_and_nothing_else(begun: World) -> None:
    ben = begun.person("ben")
    for may in (can_edit_text, can_freeze):
        with pytest.raises((NotAllowed, WrongPhase)):
            begun.read(access_declaration, ben, SLUG, may, begun.time)


def test_the_others_learn_whose_suggestion_it_is(begun: World) -> None:
    declaration = begun.read(
        access_declaration, begun.person("ben"), SLUG, can_suggest, begun.time
    ).declaration
    assert begun.ask(persons.read_staff_names, declaration.id)[begun.person("ben").id] == "Ben"
