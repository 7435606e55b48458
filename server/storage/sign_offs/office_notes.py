"""Notes of the mayors' offices: one for each municipality of a declaration, the newest."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.sign_offs.office_notes import OfficeNote
from server.storage.engine.types import Reader
from server.storage.tables.people import PersonRow
from server.storage.tables.sign_offs import OfficeNoteRow
from server.storage.tables.text import RevisionRow

_NOTE: Final = (
    select(
        OfficeNoteRow.number,
        RevisionRow.number.label("revision"),
        OfficeNoteRow.words,
        OfficeNoteRow.questions,
        PersonRow.name,
        OfficeNoteRow.written_at,
    )
    .join(PersonRow, PersonRow.id == OfficeNoteRow.person_id)
    .join(RevisionRow, RevisionRow.id == OfficeNoteRow.revision_id)
    .where(OfficeNoteRow.declaration_id == bindparam("declaration"), OfficeNoteRow.ags == bindparam("ags"))
)


def read_note(db: Reader, declaration_id: int, ags: str) -> OfficeNote | None:
    """Also one that was emptied: its number counts on."""
    row = db.execute(_NOTE, {"declaration": declaration_id, "ags": ags}).one_or_none()
    if row is None:
        return None
    return OfficeNote(row.number, row.revision, row.words, row.questions, row.name, row.written_at)


async def save_note(
    db: AsyncSession, declaration_id: int, ags: str, revision_id: int, person_id: int, note: OfficeNote
) -> None:
    """In place of the one with the number before; `note.revision` and `note.author` are not looked at."""
    values = {
        "number": note.number,
        "revision_id": revision_id,
        "person_id": person_id,
        "written_at": note.written_at,
        "words": note.words,
        "questions": note.questions,
    }
    of_town = {"declaration_id": declaration_id, "ags": ags}
    if note.number == 1:
        await db.execute(insert(OfficeNoteRow).values(**of_town, **values))
    else:
        await db.execute(update(OfficeNoteRow).filter_by(**of_town).values(values))
