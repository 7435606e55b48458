"""The note that an office leaves for those who sign for its municipality."""

from __future__ import annotations

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_leave_note
from server.domain.sign_offs.office_notes import NoteChanged, OfficeNote
from server.storage.sign_offs.office_notes import read_note, save_note
from server.storage.text import revisions


async def leave_note(
    services: Services, *, actor: Person, slug: str, words: str, questions: str, seen: int
) -> None:
    """For the actor's own municipality, about the current revision; both empty takes it off the brief.
    `seen`: the number of the note that was shown, 0 where there was none. Raises NoteChanged."""
    async with services.act(actor=actor, slug=slug, may=can_leave_note, lock=True) as act:
        town, declaration = act.access.municipality, act.access.declaration
        revision = await revisions.find_current(act.db, declaration.text_id)
        if town is None or revision is None:
            raise NotFound(what="revision")
        present = await act.db.run_sync(read_note, declaration.id, town.ags)
        if seen != (present.number if present else 0):
            raise NoteChanged()
        note = OfficeNote(seen + 1, revision.number, words, questions, actor.name, act.now)
        await save_note(act.db, declaration.id, town.ags, revision.id, actor.id, note)
        act.record(Tag.OFFICE_NOTE_WRITE, {"revision": revision.number, "ags": town.ags})
