"""Sending invitations: to all who wait for theirs, or to one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import DeclarationAct
from server.actions.people.invitations.mail import send_one
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.people.invitations.errors import UsedInvitation
from server.domain.people.invitations.invitation import Invitation
from server.domain.people.persons import Person
from server.domain.permissions import can_manage_people
from server.storage.declarations import declarations
from server.storage.people import invitations, municipalities, persons


async def send_waiting(services: Services, *, actor: Person, slug: str) -> int:
    """To everybody who was entered and has not been invited: one transaction. Returns how many."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        waiting = await invitations.list_unsent(act.db, act.access.declaration.id)
        await send_all(services, act, waiting)
        if waiting:
            act.record(Tag.INVITATION_SEND, {"count": len(waiting)})
        else:
            act.record_nothing()
    return len(waiting)


async def send_again(services: Services, *, actor: Person, slug: str, invitation_id: int) -> Invitation:
    """Raises NotFound, UsedInvitation."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        invitation = await invitations.load_invitation(act.db, act.access.declaration.id, invitation_id)
        if invitation.accepted_at is not None:
            raise UsedInvitation()
        await send_all(services, act, [invitation])
        act.record(Tag.INVITATION_SEND, {"count": 1, "person": invitation.person_id or 0})
    return invitation


async def set_contact(services: Services, *, actor: Person, slug: str, contact: str) -> None:
    """Whom those who are invited can ask: name and telephone number."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        await declarations.set_contact(act.db, act.access.declaration.id, contact)
        act.record_nothing()


async def send_all(services: Services, act: DeclarationAct, waiting: Sequence[Invitation]) -> None:
    towns = await town_names(act.db, waiting)
    known = await persons.list_persons(act.db, [i.person_id for i in waiting if i.person_id])
    for invitation in waiting:
        await send_one(
            services,
            act,
            act.access.declaration,
            invitation,
            sender=act.access.person.name,
            town=towns.get(invitation.addressee.ags, ""),
            person=known.get(invitation.person_id or 0),
        )


async def town_names(db: AsyncSession, waiting: Sequence[Invitation]) -> Mapping[str, str]:
    keys = {invitation.addressee.ags for invitation in waiting} - {""}
    return await db.run_sync(municipalities.read_names, keys)
