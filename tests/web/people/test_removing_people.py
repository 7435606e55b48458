"""Somebody leaves, the coordination only by a fresh proof; and whose mail never arrived stands first."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from server.domain.people.roles import Role
from server.storage.declarations import seeding
from server.storage.people.participants import read_participants
from server.storage.tables.notices import MailRow
from tests.web.site import HOME, Site

PEOPLE = f"{HOME}/people"


def roles(site: Site, name: str) -> list[Role]:
    people = site.world.ask(read_participants, 1, site.world.time)
    return [who.role for who in people if who.name == name]


def test_an_editor_leaves_without_further_ado(site: Site) -> None:
    anna = site.world.person("anna").id
    clara = site.visitor("clara")
    site.world.wait(minutes=30)
    assert clara.open(f"{PEOPLE}/{anna}/remove").status == 200
    assert clara.send(f"{PEOPLE}/{anna}/remove").location == f"{PEOPLE}?removed=1"
    assert roles(site, "Anna") == []


def test_somebody_of_the_coordination_leaves_only_by_a_fresh_proof(site: Site) -> None:
    frank = site.world.person("frank").id
    site.write(seeding.add_participant, declaration_id=1, person_id=frank, role=Role.COORDINATOR)
    clara = site.visitor("clara")
    page = f"{PEOPLE}/{frank}/remove"
    assert clara.open(page).status == 200
    site.world.wait(minutes=11)
    assert clara.open(page).status in (303, 403)
    clara.open(PEOPLE)
    assert clara.send(page).status != 303 or "confirm" in clara.send(page).location
    clara.send(f"{PEOPLE}/{frank}", role="press", municipality="", title="")
    assert roles(site, "Frank") == [Role.COORDINATOR]
    fresh = site.visitor("clara")
    fresh.open(PEOPLE)
    assert fresh.send(page).location == f"{PEOPLE}?removed=1"
    assert roles(site, "Frank") == []


def test_whose_invitation_did_not_arrive_stands_first(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(f"{PEOPLE}/invite")
    clara.send(f"{PEOPLE}/invite", name="Edda Farn", email="edda@kehl.example", role="observer")
    assert "kam nicht an" not in clara.open(PEOPLE).text

    async def come_back(db) -> None:  # type: ignore[no-untyped-def]
        values = {"sent_at": site.world.time, "ended_at": site.world.time + timedelta(minutes=1)}
        await db.execute(update(MailRow).where(MailRow.recipient == "edda@kehl.example").values(**values))

    site.write(come_back)
    page = clara.open(f"{PEOPLE}?show=unclear")
    assert "Die E-Mail kam nicht an." in page.text
    assert "Edda Farn" in page.text
    clara.open(PEOPLE)
    assert "Doris" not in page.text
