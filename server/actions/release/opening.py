"""Records that a declaration's hour has come. It is public by then (`domain.release.gate`): this only writes
down the phase, tells everybody who takes part, and does so once, whichever process is first."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.declarations import Phase
from server.domain.release.gate import is_due
from server.domain.sign_offs.statements import timestamp
from server.mail.notices.declarations import Published
from server.storage.declarations import declarations
from server.storage.people import persons
from server.storage.release import final_documents, hours

EVERY: Final = 5.0
"""Seconds between two looks: an hour may be moved in another process."""
_log: Final = logging.getLogger(__name__)


async def open_forever(services: Services) -> None:
    while True:
        wait = EVERY
        try:
            await open_due(services)
            wait = await _seconds_to_next(services)
        except Exception as error:  # it must outlive an hour without database
            _log.error("cannot record what is published (%s); it is tried again", type(error).__name__)
        await asyncio.sleep(wait)


async def _seconds_to_next(services: Services) -> float:
    async with services.database.read() as db:
        hour = await hours.find_next_hour(db, services.now())
    if hour is None:
        return EVERY
    return min(EVERY, max((hour - services.clock()).total_seconds(), 0.05))


async def open_due(services: Services) -> int:
    """How many were recorded by this call."""
    async with services.database.read() as db:
        due = await hours.list_due(db, services.now())
    return sum([await record_opening(services, slug) for slug in due])


async def record_opening(services: Services, slug: str) -> bool:
    """False where it is recorded already, or is not due any more."""
    async with services.service_act(slug) as act:
        found = await declarations.load_declaration(act.db, slug)
        declaration = await declarations.lock(act.db, found.id)
        document = await final_documents.find_final(act.db, declaration.id)
        if not is_due(declaration, act.now) or document is None or declaration.release_at is None:
            act.record_nothing()
            return False
        act.declaration_id = declaration.id
        await declarations.move_to(act.db, declaration, Phase.PUBLISHED)
        act.record(
            Tag.DECLARATION_PUBLISH,
            {"hour": timestamp(declaration.release_at), "pdf_sha256": document.pdf_digest},
        )
        link = f"{services.base_url}/e/{slug}"
        for person in await persons.list_participants(act.db, declaration.id):
            await act.notify(person, Published(person.name, declaration.title, link))
        act.rooms_changed(declaration.id)
    return True
