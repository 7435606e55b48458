"""What a guest without an account says: kept under the name they typed, shown to the coordination alone."""

from __future__ import annotations

from server.actions.services import Services
from server.domain.text.workshops.errors import TooManyNotes, WorkshopGone
from server.domain.text.workshops.notes import MAX_NOTES, NoteKind
from server.storage.declarations import declarations
from server.storage.text.workshops import notes


async def say(
    services: Services, *, token: str, guest: str, kind: NoteKind, passage: str, words: str
) -> None:
    """Raises WorkshopGone, TooManyNotes. It is no act for the log: nothing changes by it, and whoever decides
    about it is named there."""
    async with services.service_act("") as act:
        found = await act.db.run_sync(notes.find_workshop, token)
        if found is None or not found[0].is_open(act.now):
            raise WorkshopGone()
        workshop = found[0]
        await declarations.lock(act.db, workshop.declaration_id)
        if await notes.count_notes(act.db, workshop.id) >= MAX_NOTES:
            raise TooManyNotes(most=MAX_NOTES)
        await notes.append_note(act.db, workshop.id, guest, kind, passage, words, act.now)
        act.record_nothing()
