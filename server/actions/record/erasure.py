"""Erases a person's name and address: what stays is what was signed or sealed, and the log, which names
people by a number (Art. 17 (3) (b) and (e) GDPR)."""

from __future__ import annotations

from datetime import datetime

from server.actions.act import Act
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.erasure import TakesPartElsewhere
from server.domain.people.invitations.errors import LastCoordinator
from server.domain.people.persons import Person
from server.domain.people.sessions import ensure_fresh
from server.domain.permissions import can_manage_people
from server.domain.person_rights import may_erase_others
from server.storage.declarations import declarations
from server.storage.people import participants, persons
from server.storage.record import erasing
from server.storage.text import branches


async def erase_own(services: Services, *, actor: Person, proven_at: datetime) -> None:
    """By the person. Raises ProofNeeded, LastCoordinator."""
    async with services.account_act(actor) as act:
        ensure_fresh(proven_at, act.now)
        await _erase(act, actor)


async def erase_by_operator(services: Services, *, email: str) -> int:
    """Returns the person's number. Raises NotFound, LastCoordinator."""
    async with services.account_act() as act:
        person = await persons.find_by_email(act.db, email)
        if person is None:
            raise NotFound(what="person")
        await _erase(act, person)
    return person.id


async def erase_by_coordination(
    services: Services, *, actor: Person, slug: str, person_id: int, proven_at: datetime
) -> None:
    """By who may create declarations, for somebody who takes part in none but those they coordinate. Raises
    NotAllowed, ProofNeeded, NotFound, TakesPartElsewhere, LastCoordinator."""
    if not may_erase_others(actor):
        raise NotAllowed()
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_manage_people, proven_at=proven_at, lock=True
    ) as act:
        theirs = dict(await erasing.list_declarations(act.db, person_id))
        if act.access.declaration.id not in theirs or person_id == actor.id:
            raise NotFound(what="person")
        own = {known for known, runs in await erasing.list_declarations(act.db, actor.id) if runs}
        if not theirs.keys() <= own:
            raise TakesPartElsewhere()
        await _erase(act, await persons.load_person(act.db, person_id))


async def _erase(act: Act, person: Person) -> None:
    for declaration_id, coordinates in await erasing.list_declarations(act.db, person.id):
        await declarations.lock(act.db, declaration_id)
        if coordinates and await participants.count_coordinators(act.db, declaration_id) == 1:
            raise LastCoordinator()
        await participants.remove_participant(act.db, declaration_id, person.id, act.now)
        act.rooms_changed(declaration_id)
    for session in await erasing.list_session_hashes(act.db, person.id):
        act.session_ended(session)
    await branches.drop_private(act.db, person.id)
    await erasing.erase_identity(act.db, person, act.now)
    act.record(Tag.PERSON_ERASE, {"person": person.id})
