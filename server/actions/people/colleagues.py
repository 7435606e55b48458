"""Somebody is asked in for one municipality: by the coordination, or by its office where that is allowed."""

from __future__ import annotations

from server.actions.people.invitations.importing import add_people
from server.actions.people.invitations.sending import send_all
from server.actions.people.judging import Entered, ensure_looked_at, judge_entered
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotAllowed
from server.domain.people.mandate_errors import FaultyMandate
from server.domain.people.persons import Person
from server.domain.people.staffing import colleagues_to_give
from server.domain.permissions import can_staff
from server.storage.people import invitations, mandates


async def invite_colleague(
    services: Services, *, actor: Person, slug: str, ags: str, who: Entered, part: str
) -> None:
    """`part`: a key of `PARTS` without a mandate. Raises NotFound, NotAllowed, FaultyMandate."""
    async with services.act(actor=actor, slug=slug, may=can_staff, lock=True) as act:
        if part not in colleagues_to_give(act.access, ags):
            raise NotAllowed()
        town = await act.db.run_sync(mandates.find_town, ags)
        taken = await invitations.list_taken(act.db, act.access.declaration.id)
        addressee, faults = judge_entered(who, part, town, taken=taken)
        if addressee is None:
            raise FaultyMandate(faults)
        ensure_looked_at(addressee, who)
        await send_all(services, act, await add_people(act, [addressee]))
        act.rooms_changed()
        act.record(Tag.INVITATION_SEND, {"count": 1})
