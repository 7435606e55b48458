"""What becomes of those who take part: another role, none any more, an invitation taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from server.actions.act import DeclarationAct
from server.actions.people.invitations.drafts import judge_rows
from server.actions.people.invitations.importing import add_people, give_parts, invitation_facts
from server.actions.people.invitations.sending import send_all
from server.actions.people.telling import tell_of_part, tell_of_removal
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.errors import FaultyPart, LastCoordinator, UsedInvitation
from server.domain.people.invitations.invitation import Addressee, Invitation
from server.domain.people.invitations.lookalikes import find_doubt
from server.domain.people.invitations.rows import DraftRow, Judge, JudgedRow
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS, Role
from server.domain.people.sessions import ensure_fresh
from server.domain.permissions import can_manage_people
from server.storage.people import invitations, municipalities, participants, persons


async def remove_person(
    services: Services, *, actor: Person, slug: str, person_id: int, proven_at: datetime
) -> None:
    """Their rights in the declaration end now, and an editor of theirs that is open closes. What they wrote
    and signed stays theirs, and they hear of it. Somebody of the coordination leaves only by a fresh proof of
    who does it.

    Raises NotFound, LastCoordinator, ProofNeeded.
    """
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        declaration_id = act.access.declaration.id
        roles = await _load_roles(act, person_id)
        _ensure_proven(act, roles, proven_at)
        await _ensure_coordinated(act, roles)
        await tell_of_removal(act, await persons.load_person(act.db, person_id))
        await participants.remove_participant(act.db, declaration_id, person_id, act.now)
        await invitations.delete_for_person(act.db, declaration_id, person_id)
        act.rooms_changed()
        act.record(Tag.PERSON_REMOVE, {"person": person_id, "roles": sorted(roles)})


async def change_part(
    services: Services,
    *,
    actor: Person,
    slug: str,
    person_id: int,
    part: str,
    ags: str,
    title: str,
    proven_at: datetime,
) -> None:
    """In place of all that they were here: their mandates end, and a new one begins where the part asks for
    one. Raises NotFound, LastCoordinator, FaultyPart, ProofNeeded."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        declaration_id = act.access.declaration.id
        roles = await _load_roles(act, person_id)
        person = await persons.load_person(act.db, person_id)
        cells = {Column.NAME: person.name, Column.EMAIL: person.email, Column.MUNICIPALITY: ags}
        judged = await _judge(act, {**cells, Column.ROLE: part, Column.TITLE: title}, frozenset())
        if judged.addressee is None:
            raise FaultyPart(judged.problems)
        if not judged.addressee.role.facts.coordinates:
            _ensure_proven(act, roles, proven_at)
            await _ensure_coordinated(act, roles)
        await participants.replace_participant(act.db, declaration_id, person_id, act.now)
        await give_parts(act, declaration_id, [(person_id, judged.addressee)])
        await tell_of_part(act, person, judged.addressee)
        act.rooms_changed()
        act.record(Tag.PERSON_CHANGE, invitation_facts(judged.addressee, person_id))


async def revoke_invitation(services: Services, *, actor: Person, slug: str, invitation_id: int) -> None:
    """One that nobody has accepted. Raises NotFound, UsedInvitation, LastCoordinator."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        declaration_id = act.access.declaration.id
        invitation = await invitations.load_invitation(act.db, declaration_id, invitation_id)
        if invitation.accepted_at is not None:
            raise UsedInvitation()
        await take_back(act, invitation)
        act.rooms_changed()
        facts = invitation_facts(invitation.addressee, invitation.person_id)
        act.record(Tag.INVITATION_REVOKE, facts)


async def take_back(act: DeclarationAct, invitation: Invitation) -> None:
    """One that nobody has accepted; whoever it was for takes part no more. Raises LastCoordinator."""
    if invitation.person_id is not None:
        await _ensure_coordinated(act, await _load_roles(act, invitation.person_id))
        await participants.remove_participant(
            act.db, act.access.declaration.id, invitation.person_id, act.now
        )
    await invitations.delete_invitation(act.db, invitation.id)


async def invite_one(
    services: Services, *, actor: Person, slug: str, cells: Mapping[Column, str], looked_at: str = ""
) -> Addressee:
    """As a row of a table, and sent at once. `looked_at`: the address of which they were told before that
    others resemble it. Raises FaultyPart, which holds what is wrong."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        declaration_id = act.access.declaration.id
        taken = await invitations.list_taken(act.db, declaration_id)
        judged = await _judge(act, cells, taken)
        if judged.addressee is None:
            raise FaultyPart(judged.problems)
        if doubt := find_doubt(judged.addressee.email, looked_at):
            raise FaultyPart([doubt], doubtful=judged.addressee.email)
        added = await add_people(act, [judged.addressee])
        await send_all(services, act, added)
        act.rooms_changed()
        act.record(Tag.INVITATION_SEND, {"count": 1})
    return judged.addressee


async def _judge(act: DeclarationAct, cells: Mapping[Column, str], taken: frozenset[str]) -> JudgedRow:
    towns = await act.db.run_sync(municipalities.read_municipalities)
    row = DraftRow(1, {column: cells.get(column, "") for column in Column})
    return judge_rows(Judge(towns, taken), [row])[0]


async def _load_roles(act: DeclarationAct, person_id: int) -> frozenset[Role]:
    """Raises NotFound for who does not take part in this declaration."""
    roles = await participants.list_roles(act.db, act.access.declaration.id, person_id)
    if not roles:
        raise NotFound(what="person")
    return roles


def _ensure_proven(act: DeclarationAct, leaving: frozenset[Role], proven_at: datetime) -> None:
    if leaving & COORDINATORS:
        ensure_fresh(proven_at, act.now)


async def _ensure_coordinated(act: DeclarationAct, leaving: frozenset[Role]) -> None:
    """The declaration's row is locked: of two who remove each other, one is refused."""
    if not leaving & COORDINATORS:
        return
    if await participants.count_coordinators(act.db, act.access.declaration.id) < 2:
        raise LastCoordinator()
