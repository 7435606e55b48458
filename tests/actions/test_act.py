"""An act is whole or nothing, recorded once, and causes something only when it is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import event

from server.actions.act import Act
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.declarations import Phase
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_freeze
from server.mail.notices.account import LoginLink
from server.storage.declarations import declarations
from server.storage.notices import mails
from server.storage.people import persons
from server.sync.rooms import Rooms
from tests.world import SLUG, World

LINK = LoginLink(name="Anna", link="https://kraftakt.example/login/x", minutes=30)


class Journal(asyncio.Event):
    """Stands for the wakened delivery; `notes` has what happened, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []

    def set(self) -> None:
        self.notes.append("mail is woken")

    def access_changed(self, declaration_id: int) -> None:
        self.notes.append(f"rooms of {declaration_id} are told")


def watched(world: World) -> tuple[Services, Journal]:
    journal = Journal()
    rooms = cast("Rooms", SimpleNamespace(access_changed=journal.access_changed))
    engine = world.services.database.engine.sync_engine
    event.listen(engine, "commit", lambda _: journal.notes.append("commit"))
    return replace(world.services, mail_waiting=journal, rooms=rooms), journal


async def freeze(services: Services, clara: Person, anna: Person, last: Callable[[Act], None]) -> None:
    async with services.act(actor=clara, slug=SLUG, may=can_freeze, lock=True) as act:
        await declarations.move_to(act.db, act.access.declaration, Phase.SIGNING)
        await act.notify(anna, LINK)
        act.rooms_changed()
        last(act)


def test_mail_is_woken_and_rooms_are_told_after_the_commit(world: World) -> None:
    services, journal = watched(world)
    clara, anna = world.person("clara"), world.person("anna")
    world.run(freeze(services, clara, anna, lambda act: act.record(Tag.TEXT_FREEZE, {"revision": 1})))
    assert journal.notes == ["commit", "mail is woken", "rooms of 1 are told"]
    assert (world.phase, world.tags[-1]) == ("signing", "declaration:text:freeze")
    assert [mail.recipient for mail in world.read(mails.list_waiting)] == ["anna@example.org"]


def fail(act: Act) -> None:
    act.record(Tag.TEXT_FREEZE)
    raise NotAllowed()


def record_twice(act: Act) -> None:
    act.record(Tag.TEXT_FREEZE)
    act.record(Tag.TEXT_FREEZE)


def record_after_nothing(act: Act) -> None:
    act.record_nothing()
    act.record(Tag.TEXT_FREEZE)


def record_only_a_part(act: Act) -> None:
    act.record_part(Tag.PERSON_INVITE, {})


@pytest.mark.parametrize(
    ("last", "error"),
    [
        (fail, NotAllowed),
        (record_twice, RuntimeError),
        (record_after_nothing, RuntimeError),
        (record_only_a_part, RuntimeError),
        (lambda _: None, RuntimeError),
    ],
    ids=["an error", "recorded twice", "recorded after all", "only a part", "not recorded"],
)
def test_what_goes_wrong_leaves_nothing_behind_and_causes_nothing(
    world: World, last: Callable[[Act], None], error: type[Exception]
) -> None:
    services, journal = watched(world)
    clara, anna, tags = world.person("clara"), world.person("anna"), world.tags
    with pytest.raises(error):
        world.run(freeze(services, clara, anna, last))
    assert (world.phase, world.tags, journal.notes) == ("drafting", tags, [])
    assert world.read(mails.list_waiting) == []


def test_an_act_of_no_consequence_says_so_and_is_kept(world: World) -> None:
    services, journal = watched(world)
    anna, tags = world.person("anna"), world.tags

    async def choose() -> None:
        async with services.account_act(anna) as act:
            await persons.set_language(act.db, anna.id, "en")
            act.record_nothing()

    world.run(choose())
    assert world.person("anna").language == "en"
    assert (world.tags, journal.notes) == (tags, ["commit"])


@pytest.mark.parametrize(("name", "error"), [("anna", NotAllowed), ("frank", NotFound)])
def test_nobody_gets_as_far_as_the_act_without_the_right(
    world: World, name: str, error: type[Exception]
) -> None:
    actor = Person(999, "frank@example.org", "Frank") if name == "frank" else world.person(name)

    def unreachable(_: Act) -> None:
        raise AssertionError

    with pytest.raises(error):
        world.run(freeze(world.services, actor, actor, unreachable))
