"""Once a day what is kept for a time only is cleared away, by whichever process comes first; the log says how
much of what."""

from __future__ import annotations

from server.actions.act import Act
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.notices.mornings import last_morning
from server.domain.people.invitations.errors import LastCoordinator
from server.domain.terms.local_time import day_of
from server.domain.text.branches.branches import KEPT_FOR
from server.storage.people import invitations, participants, persons
from server.storage.record import erasing, retaining
from server.storage.text import branches


async def apply_retention(services: Services) -> bool:
    """True for the one who did it today. One transaction: who is killed within has done nothing."""
    day = day_of(last_morning(services.now())).isoformat()
    async with services.database.read() as db:
        if await retaining.is_done(db, day):
            return False
    async with services.account_act() as act:
        if not await retaining.note_done(act.db, day):
            act.record_nothing()
            return False
        counts = await retaining.clear_away(act.db, services.retention, act.now)
        counts["branches"] = await branches.drop_discarded(act.db, act.now - KEPT_FOR)
        counts["invitations"] = await _forget_invited(services, act)
        if any(counts.values()):
            act.record(Tag.RETENTION_APPLY, {name: count for name, count in counts.items() if count})
        else:
            act.record_nothing()
    return True


async def _forget_invited(services: Services, act: Act) -> int:
    """Who was asked in and never came: neither their part nor their name is kept. Somebody who coordinates
    alone stays."""
    forgotten = 0
    for invitation, declaration_id, person_id in await retaining.list_unaccepted(
        act.db, act.now - services.retention.invitations
    ):
        if person_id is not None:
            try:
                await _end_part(act, declaration_id, person_id)
            except LastCoordinator:
                continue
        await invitations.delete_invitation(act.db, invitation)
        forgotten += 1
        if person_id is not None and not await erasing.list_declarations(act.db, person_id):
            await erasing.erase_identity(act.db, await persons.load_person(act.db, person_id), act.now)
    return forgotten


async def _end_part(act: Act, declaration_id: int, person_id: int) -> None:
    roles = await participants.list_roles(act.db, declaration_id, person_id)
    coordinates = any(role.facts.coordinates for role in roles)
    if coordinates and await participants.count_coordinators(act.db, declaration_id) == 1:
        raise LastCoordinator()
    await participants.remove_participant(act.db, declaration_id, person_id, act.now)
    act.rooms_changed(declaration_id)
