"""Whose rights change hears of it, whoever changed them. All of it belongs to the act that does so."""

from __future__ import annotations

from server.actions.act import DeclarationAct
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.invitations.role_words import part_of
from server.domain.people.mandate_terms import HeldMandate, MandateTerms
from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.mail.notices.people import MandateChanged, MandateEnded, MandateGiven, PartChanged, PartEnded
from server.storage.people import invitations, mandates, persons


async def tell_of_mandate(
    act: DeclarationAct, person: Person, town: Municipality, terms: MandateTerms
) -> None:
    """Given to somebody who takes part already; all others are invited with it."""
    notice = MandateGiven(
        name=person.name,
        declaration=act.access.declaration.title,
        municipality=town.name,
        title=terms.title,
        first=terms.first.isoformat(),
        last=terms.last.isoformat() if terms.last else "",
        link=act.address("municipality"),
    )
    await act.notify(person, notice)


async def tell_of_changed_mandate(act: DeclarationAct, held: HeldMandate, terms: MandateTerms) -> None:
    person = await persons.load_person(act.db, held.mandate.person_id)
    notice = MandateChanged(
        name=person.name,
        declaration=act.access.declaration.title,
        municipality=held.mandate.municipality.name,
        title=terms.title,
        first=terms.first.isoformat(),
        last=terms.last.isoformat() if terms.last else "",
        link=act.address("municipality"),
    )
    await _tell(act, person, notice)


async def tell_of_ended_mandate(act: DeclarationAct, held: HeldMandate, reason: str) -> None:
    person = await persons.load_person(act.db, held.mandate.person_id)
    notice = MandateEnded(
        name=person.name,
        declaration=act.access.declaration.title,
        municipality=held.mandate.municipality.name,
        reason=reason,
        link=act.address(),
    )
    await _tell(act, person, notice)


async def tell_of_part(act: DeclarationAct, person: Person, addressee: Addressee) -> None:
    town = await act.db.run_sync(mandates.find_town, addressee.ags) if addressee.ags else None
    notice = PartChanged(
        name=person.name,
        declaration=act.access.declaration.title,
        sender=act.access.person.name,
        part=part_of(addressee.role, addressee.capacity),
        municipality=town.name if town else "",
        title=addressee.title,
        link=act.address(),
    )
    await _tell(act, person, notice)


async def tell_of_removal(act: DeclarationAct, person: Person) -> None:
    """Before their invitation is forgotten."""
    declaration = act.access.declaration
    notice = PartEnded(person.name, declaration.title, act.access.person.name, declaration.contact)
    await _tell(act, person, notice)


async def _tell(
    act: DeclarationAct, person: Person, notice: MandateChanged | MandateEnded | PartChanged | PartEnded
) -> None:
    """Not who was entered only, and has not heard of the declaration yet."""
    invitation = await invitations.find_for_person(act.db, act.access.declaration.id, person.id)
    if invitation is None or invitation.invited_at or invitation.accepted_at:
        await act.notify(person, notice)
