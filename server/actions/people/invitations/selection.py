"""What is done with several invitations at once: all of them in one transaction, or none."""

from __future__ import annotations

from collections.abc import Collection

from server.actions.people.invitations.importing import invitation_facts
from server.actions.people.invitations.sending import send_all
from server.actions.people.participants import take_back
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.people.persons import Person
from server.domain.permissions import can_manage_people
from server.storage.people import invitations


async def send_chosen(services: Services, *, actor: Person, slug: str, chosen: Collection[int]) -> int:
    """Sends those that nobody has accepted, for the first time or again. Returns how many."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        still_open = await invitations.list_open(act.db, act.access.declaration.id, chosen)
        await send_all(services, act, still_open)
        if still_open:
            act.record(Tag.INVITATION_SEND, {"count": len(still_open)})
        else:
            act.record_nothing()
    return len(still_open)


async def revoke_chosen(services: Services, *, actor: Person, slug: str, chosen: Collection[int]) -> int:
    """Takes back those that nobody has accepted. Returns how many. Raises LastCoordinator."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        still_open = await invitations.list_open(act.db, act.access.declaration.id, chosen)
        for invitation in still_open:
            await take_back(act, invitation)
            facts = invitation_facts(invitation.addressee, invitation.person_id)
            act.record_part(Tag.INVITATION_REVOKE, facts)
        if still_open:
            act.rooms_changed()
            act.record(Tag.INVITATION_REVOKE, {"count": len(still_open)})
        else:
            act.record_nothing()
    return len(still_open)
