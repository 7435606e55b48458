"""A text as it can be fixed: everything that was written is there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.errors import TextIncomplete
from server.domain.text.live_text import LiveBlock
from server.storage.people.persons import load_names
from server.storage.text import update_log
from server.sync.gaps import load_log, writers_to_ask
from server.sync.projection import project


async def load_whole_text(db: AsyncSession, text_id: int) -> Sequence[LiveBlock]:
    """Raises TextIncomplete where something is missing; it says who has to come back."""
    stored = await update_log.load_stored(db, text_id)
    loaded = await asyncio.to_thread(load_log, stored.updates)
    if loaded.held:
        persons = writers_to_ask(loaded.held, stored.writers)
        raise TextIncomplete(names=", ".join((await load_names(db, persons)).values()) or "?")
    return await asyncio.to_thread(project, loaded.doc)
