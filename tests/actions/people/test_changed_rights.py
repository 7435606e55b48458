"""Whose rights change hears of it at once, whatever they have chosen; who has not been asked yet does not."""

from __future__ import annotations

from server.actions.notices import choosing
from server.actions.people import mandates, participants
from server.actions.people.invitations.importing import add_people
from server.domain.notices.kinds import NoticeKind, Pace
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.mandate_terms import HeldMandate, MandateTerms
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.permissions import can_manage_people
from server.domain.terms.local_time import day_of
from server.storage.people.mandates import read_held
from server.storage.people.participants import read_participants
from tests.world import OFFENBURG, SLUG, Letter, World


def told(world: World) -> tuple[str, str]:
    letter: Letter = world.letters[-1]
    return letter.recipient.partition("@")[0], letter.subject


def change_part(world: World, person_id: int, part: str, ags: str = "") -> None:
    world.run(
        participants.change_part(
            world.services,
            actor=world.person("clara"),
            slug=SLUG,
            person_id=person_id,
            part=part,
            ags=ags,
            title="",
            proven_at=world.time,
        )
    )


def remove(world: World, person_id: int) -> None:
    clara = world.person("clara")
    removed = participants.remove_person(
        world.services, actor=clara, slug=SLUG, person_id=person_id, proven_at=world.time
    )
    world.run(removed)


def doris(world: World) -> HeldMandate:
    return next(one for one in world.ask(read_held, 1, OFFENBURG) if one.name == "Doris")


def test_another_part_and_none_any_more(world: World) -> None:
    anna = world.person("anna")
    choices = dict.fromkeys(NoticeKind, Pace.NONE)
    world.run(choosing.choose(world.services, anna, choices))
    change_part(world, anna.id, "suggester", OFFENBURG)
    assert told(world) == ("anna", "Ihre Aufgabe ist eine andere: „Erklärung“")
    assert "für Offenburg ist jetzt: Sie schlagen Änderungen am Text vor." in world.letters[-1].body
    remove(world, anna.id)
    assert told(world) == ("anna", "Sie wirken nicht mehr mit: „Erklärung“")
    assert "Clara hat Sie aus der Erklärung „Erklärung“ herausgenommen." in world.letters[-1].body


def test_a_mandate_with_other_days_and_its_end(world: World) -> None:
    clara, mandate = world.person("clara"), doris(world).mandate
    terms = MandateTerms(MandateKind.MAYOR, "Amtsverweserin", day_of(world.time))
    at = {"actor": clara, "slug": SLUG, "ags": OFFENBURG, "mandate_id": mandate.id}
    world.run(mandates.change_mandate(world.services, **at, terms=terms))
    assert told(world) == ("doris", "Ihre Vollmacht für Offenburg ist geändert: „Erklärung“")
    assert "Neben Ihrem Namen wird gedruckt: Amtsverweserin." in world.letters[-1].body
    world.run(mandates.end_mandate(world.services, **at, reason="Ruhestand"))
    assert told(world) == ("doris", "Sie zeichnen nicht mehr für Offenburg: „Erklärung“")
    assert "Als Grund ist angegeben: Ruhestand" in world.letters[-1].body


def test_who_was_entered_only_hears_of_nothing(world: World) -> None:
    clara, row = world.person("clara"), Addressee("Edda", "edda@kehl.example", Role.OBSERVER)

    async def enter() -> None:
        async with world.services.act(actor=clara, slug=SLUG, may=can_manage_people) as act:
            await add_people(act, [row])
            act.record_nothing()

    world.run(enter())
    edda = next(who for who in world.ask(read_participants, 1, world.time) if who.name == "Edda")
    assert edda.person_id is not None
    change_part(world, edda.person_id, "press")
    remove(world, edda.person_id)
    assert world.letters == []
