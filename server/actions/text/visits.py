"""Noting up to where somebody has seen a text."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from server.actions.services import Services
from server.domain.text.visits import arrive, leave
from server.storage.text import visits

GATHERING: Final = 1.0
"""Seconds: who comes and leaves within them is written down in one transaction. What is written in a text
within them counts as seen."""
_log: Final = logging.getLogger(__name__)


async def note_forever(services: Services) -> None:
    while True:
        await services.visits.news.wait()
        await asyncio.sleep(GATHERING)
        try:
            await note_visits(services)
        except Exception as error:  # it must outlive an hour without database
            _log.error("cannot note visits (%s); it is tried again", type(error).__name__)


async def note_visits(services: Services) -> None:
    """No act: it is nobody's decision, and no part of the record."""
    taken, now = services.visits.take(), services.now()
    if not taken:
        return
    async with services.database.write() as db:
        for (text_id, person_id), (came, left) in taken.items():
            visit = await visits.load_visit(db, text_id, person_id)
            position = await visits.load_position(db, text_id)
            if came:
                visit = arrive(visit, position, now)
            if left:
                visit = leave(visit, position, now)
            if visit is not None:
                await visits.save_visit(db, text_id, person_id, visit)
