"""Laying a declaration aside, and withdrawing it."""

from __future__ import annotations

from datetime import datetime

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Phase
from server.domain.people.persons import Person
from server.domain.permissions import can_archive, can_withdraw
from server.mail.notices.declarations import DeclarationWithdrawn
from server.storage.declarations import declarations, settings
from server.storage.people import persons


async def archive_declaration(services: Services, *, actor: Person, slug: str, archived: bool) -> bool:
    """Into the archive or out of it: the lists show it no more, or again. False where it is so already."""
    async with services.act(actor=actor, slug=slug, may=can_archive, lock=True) as act:
        declaration = act.access.declaration
        if (declaration.archived_at is not None) is archived:
            act.record_nothing()
            return False
        await settings.set_archived(act.db, declaration.id, act.now if archived else None)
        act.record(Tag.DECLARATION_ARCHIVE if archived else Tag.DECLARATION_UNARCHIVE)
    return True


async def withdraw_declaration(
    services: Services, *, actor: Person, slug: str, proven_at: datetime, reason: str
) -> int:
    """For good. Everybody who takes part is told why, by mail and on its pages. Returns how many were told.

    `proven_at`: when the actor last proved who they are. Raises ProofNeeded; WrongPhase once it is published
    or withdrawn.
    """
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_withdraw, proven_at=proven_at, lock=True
    ) as act:
        declaration = act.access.declaration
        await declarations.move_to(act.db, declaration, Phase.WITHDRAWN)
        await settings.set_withdrawal(act.db, declaration.id, reason)
        act.record(Tag.DECLARATION_WITHDRAW, {"reason_sha256": digest(reason.encode())})
        told = await persons.list_participants(act.db, declaration.id)
        link = f"{services.base_url}/declarations/{slug}"
        for person in told:
            notice = DeclarationWithdrawn(
                name=person.name, declaration=declaration.title, reason=reason, link=link
            )
            await act.notify(person, notice)
        act.rooms_changed()
    return len(told)
