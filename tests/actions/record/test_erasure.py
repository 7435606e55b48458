"""Erased, a person's name and address stand in no table, but for what was signed or sealed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import JSON, LargeBinary, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.people.accounts import issue_login_link
from server.actions.record.erasure import erase_by_coordination, erase_by_operator, erase_own
from server.actions.sign_offs.by_passkey import begin_with_passkey
from server.domain.errors import NotAllowed, NotFound, ProofNeeded
from server.domain.people.erasure import Identity, TakesPartElsewhere
from server.domain.people.invitations.errors import LastCoordinator
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.storage.declarations import seeding
from server.storage.people import persons, sessions
from server.storage.tables import Base
from tests.world import SLUG, World, challenge_of

NAME, EMAIL = "Doris Dahlie-Müller", "doris.dahlie@rathaus.example"
STAYS = {
    ("sign_offs", "statement"),
    ("challenges", "statement"),
    ("final_documents", "pdf"),
    ("final_documents", "html"),
    ("revisions", "content"),
}
"""What was signed or sealed."""


@pytest.fixture
def doris(world: World) -> Person:
    """With a long name, who has signed, in a declaration that is sealed, and left traces everywhere."""
    world.freeze()
    key, asked = world.authenticator("doris"), world.asked("doris")
    person = world.person("doris")
    write(world, "UPDATE persons SET name = :name WHERE id = :id", name=NAME, id=person.id)
    challenge_id, options, _ = world.run(
        begin_with_passkey(world.services, **{**asked, "actor": world.person("doris")})
    )
    world.finish("doris", challenge_id, key.get(challenge_of(options)))
    write(world, "UPDATE persons SET email = :email WHERE id = :id", email=EMAIL, id=person.id)
    world.run(issue_login_link(world.services, email=EMAIL, next_path="/"))
    world.run(traces(world, person.id))
    world.seal()
    found: Person = world.read(persons.load_person, person.id)
    return found


async def traces(world: World, person: int) -> None:
    async with world.services.database.write() as db:
        await sessions.append_session(db, "token", person, world.time, world.time.replace(year=2027))
        now = world.time
        for statement in (
            "UPDATE declarations SET contact = 'Bitte an Doris Dahlie-Müller, doris.dahlie@RATHAUS.example'",
            "UPDATE mandates SET reason = 'Urlaub von Doris Dahlie-Müller'",
        ):
            await db.execute(text(statement))
        for table, values in (
            (
                "setting_changes",
                {
                    "declaration_id": 1,
                    "person_id": 1,
                    "section": "title",
                    "before": {"x": [f"Wie {NAME} sagt"]},
                    "after": {},
                    "changed_at": now,
                },
            ),
            ("digest_items", {"person_id": 1, "notice": "X", "payload": {"name": NAME}, "created_at": now}),
            (
                "import_drafts",
                {
                    "declaration_id": 1,
                    "person_id": 1,
                    "stamp": "x",
                    "rows": [{"email": EMAIL, "name": NAME}],
                    "created_at": now,
                },
            ),
            (
                "reminders",
                {
                    "declaration_id": 1,
                    "person_id": 1,
                    "audience": "x",
                    "text": f"Fragen an {NAME}",
                    "created_at": now,
                },
            ),
        ):
            await db.execute(Base.metadata.tables[table].insert().values(**values))


def write(world: World, statement: str, **values: object) -> None:
    async def work() -> None:
        async with world.services.database.write() as db:
            await db.execute(text(statement), values)

    world.run(work())


async def places(db: AsyncSession) -> set[tuple[str, str]]:
    """Every column of every table in which the name or the address stands, bytes too."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for value in await db.scalars(select(column)):
                if holds(value, column.type):
                    found.add((table.name, column.name))
    return found


def holds(value: Any, kind: object) -> bool:
    if isinstance(kind, JSON):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(kind, LargeBinary):
        return value is not None and (NAME.encode() in value or EMAIL.encode() in value)
    return isinstance(value, str) and (NAME in value or EMAIL in value.lower())


def test_the_name_stands_in_many_places_before(world: World, doris: Person) -> None:
    assert doris.name == NAME
    found = world.read(places)
    assert {("persons", "name"), ("declarations", "contact"), ("setting_changes", "before")} <= found
    assert {("mails", "recipient"), ("reminders", "text"), ("import_drafts", "rows")} <= found


def test_no_table_holds_name_or_address_but_for_what_was_signed(world: World, doris: Person) -> None:
    world.run(erase_own(world.services, actor=doris, proven_at=world.time))
    assert world.read(places) <= STAYS
    assert ("sign_offs", "statement") in world.read(places)
    again = world.read(persons.load_person, doris.id)
    pseudonym = Identity.pseudonym(doris.id)
    assert (again.name, again.email) == (pseudonym.name, pseudonym.email)


def test_links_passkeys_sessions_rights_and_waiting_mail_end(world: World, doris: Person) -> None:
    world.run(erase_own(world.services, actor=doris, proven_at=world.time))
    for table in ("sessions", "passkeys", "login_links", "participants", "challenges"):
        column = Base.metadata.tables[table].c.person_id
        assert doris.id not in world.read(values_of, column), table
    assert all(letter.recipient != EMAIL for letter in world.letters)
    assert world.read(persons.find_by_email, EMAIL) is None
    assert world.answers[0].statement.signatory == NAME  # what was signed stays as it was signed
    assert world.read(tags)[-1] == "account:person:erase"


async def values_of(db: AsyncSession, column: Any) -> list[Any]:
    return list(await db.scalars(select(column)))


async def tags(db: AsyncSession) -> list[str]:
    return list(await db.scalars(text("SELECT tag FROM audit_events ORDER BY position")))


def test_the_last_of_the_coordination_stays(world: World) -> None:
    clara = world.person("clara")
    with pytest.raises(LastCoordinator):
        world.run(erase_own(world.services, actor=clara, proven_at=world.time))
    assert world.person("clara").name == "Clara"


def test_it_needs_a_fresh_proof(world: World) -> None:
    anna = world.person("anna")
    with pytest.raises(ProofNeeded):
        world.run(erase_own(world.services, actor=anna, proven_at=world.time.replace(hour=1)))


def test_the_operator_erases_by_address(world: World) -> None:
    anna = world.person("anna")
    assert world.run(erase_by_operator(world.services, email="Anna@example.org")) == anna.id
    with pytest.raises(NotFound):
        world.run(erase_by_operator(world.services, email="anna@example.org"))


def by_clara(world: World, person_id: int) -> None:
    clara = world.read(persons.load_person, world.person("clara").id)
    world.run(
        erase_by_coordination(
            world.services, actor=clara, slug=SLUG, person_id=person_id, proven_at=world.time
        )
    )


def test_the_coordination_erases_who_takes_part_in_nothing_else(world: World) -> None:
    anna, clara = world.person("anna"), world.person("clara")
    with pytest.raises(NotAllowed):
        by_clara(world, anna.id)

    async def allow(db: AsyncSession) -> None:
        await persons.allow_creating(db, clara.id)
        await db.commit()

    world.read(allow)
    with pytest.raises(NotFound):
        by_clara(world, clara.id)
    with pytest.raises(NotFound):
        by_clara(world, 9999)
    by_clara(world, anna.id)
    assert world.read(persons.find_by_email, "anna@example.org") is None


def test_who_takes_part_elsewhere_is_left_to_themselves(world: World) -> None:
    emil, clara = world.person("emil"), world.person("clara")

    async def prepare(db: AsyncSession) -> None:
        await persons.allow_creating(db, clara.id)
        declaration = Base.metadata.tables["declarations"]
        await db.execute(
            declaration.insert().values(
                id=77, slug="andere", title="Andere", issuer="", phase="drafting", created_at=world.time
            )
        )
        await seeding.add_participant(db, declaration_id=77, person_id=emil.id, role=Role.PRESS, ags=None)
        await db.commit()

    world.read(prepare)
    with pytest.raises(TakesPartElsewhere):
        by_clara(world, emil.id)


def test_a_name_of_one_word_is_no_word_of_the_text() -> None:
    old, new = Identity("Rose", "rose@example.org"), Identity.pseudonym(4)
    assert old.replaced("Rose und Dahlie", new) == "Rose und Dahlie"
    assert old.replaced("Rose", new) == new.name
    assert old.replaced("An ROSE@example.org", new) == f"An {new.email}"
    long = Identity("Rosa Rose", "rose@example.org")
    assert long.replaced("Rosa Rosenthal und Rosa Rose", new) == f"Rosa Rosenthal und {new.name}"
