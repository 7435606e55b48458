"""Mandates: given, changed, ended. What was signed with one stays as it was signed."""

from __future__ import annotations

from typing import Final

from server.actions.act import DeclarationAct
from server.actions.people.invitations.importing import add_people
from server.actions.people.invitations.sending import send_all
from server.actions.people.judging import Entered, ensure_looked_at, judge_entered
from server.actions.people.telling import tell_of_changed_mandate, tell_of_ended_mandate, tell_of_mandate
from server.actions.services import Services
from server.documents.printable import unprintable
from server.domain.audit import Tag
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.mandate_errors import EndedMandate, FaultyMandate
from server.domain.people.mandate_terms import Fault, HeldMandate, MandateTerms, faults_of
from server.domain.people.mandates import Mandate
from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.people.staffing import ensure_may_give
from server.domain.permissions import can_manage_people, can_staff
from server.domain.sentences import N_
from server.domain.sign_offs.statements import timestamp
from server.storage.people import invitations, mandates, participants

_TAKES_PART: Final = N_("This address takes part already. Please ask the coordination to give the mandate.")
_ASKED: Final = N_("This address is asked in as a shared mailbox, or has not accepted yet.")


async def give_mandate(
    services: Services, *, actor: Person, slug: str, ags: str, who: Entered, terms: MandateTerms
) -> None:
    """Who does not take part yet is invited; who does gets the mandate beside what they are, and hears of it.

    Raises NotFound, NotAllowed, FaultyMandate.
    """
    async with services.act(actor=actor, slug=slug, may=can_staff, lock=True) as act:
        ensure_may_give(act.access, ags, terms.kind.value)
        town = await act.db.run_sync(mandates.find_town, ags)
        addressee, faults = judge_entered(who, terms.kind.value, town, terms.title)
        faults += await _faults(act, town, terms)
        known = await _find_known(act, addressee, town, faults)
        if faults or addressee is None:
            raise FaultyMandate(faults)
        if known is None:
            ensure_looked_at(addressee, who)
        person = await _invite(services, act, addressee, terms) if known is None else known
        if known is not None:
            await _give(act, known, town, terms)
        act.rooms_changed()
        act.record(Tag.MANDATE_GIVE, _facts(person.id, ags, terms))


async def change_mandate(
    services: Services, *, actor: Person, slug: str, ags: str, mandate_id: int, terms: MandateTerms
) -> None:
    """Title, days, rank and reason. Raises NotFound, NotAllowed, EndedMandate, FaultyMandate."""
    async with services.act(actor=actor, slug=slug, may=can_staff, lock=True) as act:
        held = await _load(act, ags, mandate_id)
        if terms.kind is not held.mandate.kind:
            raise NotAllowed()
        if faults := await _faults(act, held.mandate.municipality, terms, without=mandate_id):
            raise FaultyMandate(faults)
        await mandates.change_mandate(act.db, mandate_id, terms)
        await tell_of_changed_mandate(act, held, terms)
        act.rooms_changed()
        act.record(Tag.MANDATE_CHANGE, _facts(held.mandate.person_id, ags, terms))


async def end_mandate(
    services: Services, *, actor: Person, slug: str, ags: str, mandate_id: int, reason: str
) -> None:
    """Now. Raises NotFound, NotAllowed, EndedMandate, FaultyMandate."""
    async with services.act(actor=actor, slug=slug, may=can_staff, lock=True) as act:
        held = await _load(act, ags, mandate_id)
        await mandates.end_mandate(act.db, mandate_id, act.now, reason)
        await tell_of_ended_mandate(act, held, reason)
        act.rooms_changed()
        facts = {"person": held.mandate.person_id, "ags": ags, "kind": held.mandate.kind.value}
        act.record(Tag.MANDATE_END, facts)


async def _load(act: DeclarationAct, ags: str, mandate_id: int) -> HeldMandate:
    """One of this declaration and municipality that the actor may change."""
    held = await act.db.run_sync(mandates.read_held, act.access.declaration.id, ags)
    found = next((one for one in held if one.mandate.id == mandate_id), None)
    if found is None:
        raise NotFound(what="mandate")
    ensure_may_give(act.access, ags, found.mandate.kind.value)
    if _is_over(found.mandate, act):
        raise EndedMandate()
    return found


def _is_over(mandate: Mandate, act: DeclarationAct) -> bool:
    return mandate.until is not None and mandate.until <= act.now


async def _faults(
    act: DeclarationAct, town: Municipality, terms: MandateTerms, without: int | None = None
) -> list[Fault]:
    held = await act.db.run_sync(mandates.read_held, act.access.declaration.id, town.ags)
    others = [one for one in held if one.mandate.id != without]
    faults = faults_of(terms, others, act.now)
    if not faults and unprintable(terms.title):
        faults.append(Fault("title", N_("The document's typeface lacks a character of this title.")))
    return faults


async def _find_known(
    act: DeclarationAct, addressee: Addressee | None, town: Municipality, faults: list[Fault]
) -> Person | None:
    """Who takes part already. An office gives a mandate to people of its own, and never to itself."""
    if addressee is None:
        return None
    declaration_id = act.access.declaration.id
    person = (await participants.find_persons(act.db, [addressee.email])).get(addressee.email)
    roles = await participants.list_roles(act.db, declaration_id, person.id) if person else frozenset()
    if person is None or not roles:
        if addressee.email in await invitations.list_taken(act.db, declaration_id):
            faults.append(Fault("email", _ASKED))
        return None
    is_own = await participants.belongs_to(act.db, declaration_id, person.id, town.ags)
    if not can_manage_people(act.access) and (person.id == act.access.person.id or not is_own):
        faults.append(Fault("email", _TAKES_PART))
    return person


async def _invite(
    services: Services, act: DeclarationAct, addressee: Addressee, terms: MandateTerms
) -> Person:
    added = await add_people(act, [addressee], terms)
    await send_all(services, act, added)
    return (await participants.find_persons(act.db, [addressee.email]))[addressee.email]


async def _give(act: DeclarationAct, person: Person, town: Municipality, terms: MandateTerms) -> None:
    declaration = act.access.declaration
    if Role.SIGNATORY not in await participants.list_roles(act.db, declaration.id, person.id):
        await participants.append_participants(act.db, declaration.id, [(person.id, Role.SIGNATORY, "")])
    await mandates.append_mandate(
        act.db, declaration_id=declaration.id, person_id=person.id, ags=town.ags, terms=terms
    )
    await tell_of_mandate(act, person, town, terms)


def _facts(person_id: int, ags: str, terms: MandateTerms) -> dict[str, object]:
    return {
        "person": person_id,
        "ags": ags,
        "kind": terms.kind.value,
        "since": timestamp(terms.since),
        "until": timestamp(terms.until) if terms.until else "",
    }
