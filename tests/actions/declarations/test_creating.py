"""Creating a declaration: who may, and what its text begins with."""

from __future__ import annotations

import pytest

from server.actions.declarations.create import (
    EarlierText,
    EmptyText,
    NewDeclaration,
    Origin,
    StarterText,
    create_declaration,
)
from server.actions.declarations.starter import starter_blocks
from server.actions.people.creators import allow_creating
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.roles import Role
from server.domain.text.content import Block
from server.domain.text.errors import UnprintableText
from server.domain.text.live_text import settled_blocks
from server.storage.declarations import access, declarations, settings
from server.storage.record import audit
from server.storage.text import update_log
from server.sync.projection import read_text
from tests.world import BLOCKS, SLUG, World

TITLE = "Neue Erklärung"


def create(world: World, origin: Origin, title: str = TITLE, name: str = "clara") -> str:
    new = NewDeclaration(title, "Region", None, None, origin)
    return world.run(create_declaration(world.services, actor=world.person(name), new=new))


def blocks_of(world: World, slug: str) -> list[Block]:
    text_id = world.read(declarations.load_declaration, slug).text_id
    return settled_blocks(read_text(world.read(update_log.load_updates, text_id)))


def allow(world: World, name: str = "clara") -> None:
    world.run(allow_creating(world.services, email=f"{name}@example.org", name=name))


def plain(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


def test_without_the_right_nobody_creates_one(world: World) -> None:
    with pytest.raises(NotAllowed):
        create(world, EmptyText())


def test_the_creator_coordinates_it_and_all_municipalities_are_asked(world: World) -> None:
    allow(world)
    slug = create(world, EmptyText())
    assert slug == "neue-erklaerung"
    declaration = world.read(declarations.load_declaration, slug)
    mine = world.ask(access.find_access, world.person("clara"), declaration, world.time)
    assert mine.roles == {Role.COORDINATOR}
    assert len(world.ask(settings.read_asked, declaration.id, world.time)) == 51
    (event,) = world.read(audit.list_events, slug)
    assert (event.tag.value, event.actor) == ("declaration:declaration:create", world.person("clara").id)


def test_it_begins_empty_with_its_title(world: World) -> None:
    allow(world)
    assert plain(blocks_of(world, create(world, EmptyText()))) == [("heading", TITLE), ("paragraph", "")]


def test_it_begins_with_the_starter_text_under_its_own_title(world: World) -> None:
    allow(world)
    found = plain(blocks_of(world, create(world, StarterText())))
    assert found[0] == ("heading", TITLE)
    assert found[1:] == plain(starter_blocks())[1:]


def test_it_begins_with_the_text_as_another_has_it_now_or_had_it_fixed(world: World) -> None:
    allow(world)
    live = plain(blocks_of(world, create(world, EarlierText(SLUG))))
    assert live == [("heading", TITLE), *plain(BLOCKS)[1:]]
    world.freeze()
    world.reopen()
    world.write("Später. ")
    fixed = plain(blocks_of(world, create(world, EarlierText(SLUG))))
    assert fixed == live


def test_the_text_of_another_coordination_is_not_to_be_had(world: World) -> None:
    allow(world, "anna")
    with pytest.raises(NotAllowed):
        create(world, EarlierText(SLUG), name="anna")
    with pytest.raises(NotFound):
        create(world, EarlierText("no-such-one"), name="anna")


def test_the_same_title_gets_an_address_of_its_own(world: World) -> None:
    allow(world)
    assert [create(world, EmptyText()) for _ in range(3)] == [
        "neue-erklaerung",
        "neue-erklaerung-2",
        "neue-erklaerung-3",
    ]


def test_a_title_that_no_document_can_show_is_refused_and_nothing_is_there(world: World) -> None:
    allow(world)
    with pytest.raises(UnprintableText):
        create(world, EmptyText(), title="Erklärung 漢字")
    assert world.read(declarations.list_slugs, "erklaerung") == {SLUG}
