"""Removing from the live text what no revision can keep."""

from __future__ import annotations

import asyncio

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.people.persons import Person
from server.domain.permissions import can_clean_text
from server.storage.text import update_log
from server.sync.cleaning import cleaning_update


async def clean_text(services: Services, *, actor: Person, slug: str) -> bool:
    """Whether there was any. People who write meanwhile lose nothing: it is one more change of the text.

    The change goes through the room, which looks at the phase in its own transaction; the record says that
    it was asked for. Raises NotFound, NotAllowed, WrongPhase, and what `Rooms.write` raises.
    """
    async with services.act(actor=actor, slug=slug, may=can_clean_text) as act:
        declaration = act.access.declaration
        updates = await update_log.load_updates(act.db, declaration.text_id)
        change = await asyncio.to_thread(cleaning_update, updates)
        if change is None:
            act.record_nothing()
        else:
            act.record(Tag.TEXT_CLEAN)
    if change is None:
        return False
    await services.rooms.write(declaration.text_id, change, declaration_id=declaration.id)
    return True
