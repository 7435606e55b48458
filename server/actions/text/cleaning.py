"""Removing from the live text what no revision can keep."""

from __future__ import annotations

import asyncio

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.people.persons import Person
from server.domain.permissions import can_clean_text
from server.storage.text import update_log
from server.sync.cleaning import cleaning_update
from server.sync.gaps import load_log
from server.sync.room.checks.memory import remember


async def clean_text(services: Services, *, actor: Person, slug: str) -> bool:
    """Whether there was any. People who write meanwhile lose nothing: it is one more change of the text.

    Words that wait for missing ones leave the log; whoever has them in their browser brings them along when
    they come back. The change goes through the room, which looks at the phase in its own transaction; the
    record says that it was asked for. Raises NotFound, NotAllowed, WrongPhase, and what `Rooms.write` raises.
    """
    async with services.act(actor=actor, slug=slug, may=can_clean_text, lock=True) as act:
        declaration = act.access.declaration
        waited = await _drop_waiting(act)
        updates = await update_log.load_updates(act.db, declaration.text_id)
        change = await asyncio.to_thread(cleaning_update, updates)
        if change is None and not waited:
            act.record_nothing()
        else:
            act.record(Tag.TEXT_CLEAN)
    if change is not None:
        await services.rooms.write(declaration.text_id, change, declaration_id=declaration.id)
    return waited or change is not None


async def _drop_waiting(act: DeclarationAct) -> bool:
    """Whether anything waited for what is missing."""
    text_id = act.access.declaration.text_id
    stored = await update_log.load_stored(act.db, text_id)
    loaded = await asyncio.to_thread(load_log, stored.updates)
    if loaded.held:
        memory = await asyncio.to_thread(remember, stored.memory, stored.updates)
        await update_log.drop_waiting(act.db, text_id, loaded.doc.get_update(), stored.position, memory)
        act.rooms_changed()
    return bool(loaded.held)
