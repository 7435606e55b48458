"""Workshops and their notes. Only hashes of tokens are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Phase
from server.domain.errors import NotFound
from server.domain.text.workshops.notes import Note, NoteKind, NoteState, Workshop
from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.workshops import WorkshopNoteRow, WorkshopRow
from server.storage.to_domain import DECLARATIONS, to_declaration

MOST: Final = 200
"""Notes on one page."""
_WORKSHOPS: Final = select(
    WorkshopRow.id,
    WorkshopRow.declaration_id,
    WorkshopRow.title,
    WorkshopRow.section,
    WorkshopRow.closes_at,
    WorkshopRow.ended_at,
)
_BY_TOKEN: Final = _WORKSHOPS.where(WorkshopRow.token_hash == bindparam("token_hash"))
_OF_DECLARATION: Final = _WORKSHOPS.where(WorkshopRow.declaration_id == bindparam("declaration")).order_by(
    WorkshopRow.id.desc()
)
_DECLARATION: Final = DECLARATIONS.where(DeclarationRow.id == bindparam("declaration"))
_NOTES: Final = (
    select(
        WorkshopNoteRow.id,
        WorkshopRow.title,
        WorkshopNoteRow.guest,
        WorkshopNoteRow.kind,
        WorkshopNoteRow.passage,
        WorkshopNoteRow.words,
        WorkshopNoteRow.written_at,
        WorkshopNoteRow.state,
    )
    .join(WorkshopRow, WorkshopRow.id == WorkshopNoteRow.workshop_id)
    .where(WorkshopRow.declaration_id == bindparam("declaration"))
)
_WAITING: Final = (
    _NOTES.where(WorkshopNoteRow.state == NoteState.WAITING.value)
    .order_by(WorkshopNoteRow.id)
    .limit(bindparam("most"))
)
_SETTLED: Final = (
    _NOTES.where(WorkshopNoteRow.state != NoteState.WAITING.value)
    .order_by(WorkshopNoteRow.settled_at.desc(), WorkshopNoteRow.id.desc())
    .limit(bindparam("most"))
)
_NOTE: Final = _NOTES.where(WorkshopNoteRow.id == bindparam("note"))


def read_workshops(db: Reader, declaration_id: int) -> list[Workshop]:
    """The newest first."""
    return [Workshop(*row) for row in db.execute(_OF_DECLARATION, {"declaration": declaration_id})]


def find_workshop(db: Reader, token: str) -> tuple[Workshop, Declaration] | None:
    """Whose link it is, as long as the text is being written; whether it is open is for the caller to say."""
    row = db.execute(_BY_TOKEN, {"token_hash": hash_token(token)}).one_or_none()
    if row is None:
        return None
    workshop = Workshop(*row)
    declaration = to_declaration(db.execute(_DECLARATION, {"declaration": workshop.declaration_id}).one())
    return (workshop, declaration) if declaration.phase is Phase.DRAFTING else None


def read_waiting(db: Reader, declaration_id: int) -> list[Note]:
    """The oldest first."""
    return [_to_note(row) for row in db.execute(_WAITING, {"declaration": declaration_id, "most": MOST})]


def read_settled(db: Reader, declaration_id: int) -> list[Note]:
    """The last decision first."""
    return [_to_note(row) for row in db.execute(_SETTLED, {"declaration": declaration_id, "most": MOST})]


def read_note(db: Reader, declaration_id: int, note_id: int) -> Note:
    """Raises NotFound."""
    row = db.execute(_NOTE, {"declaration": declaration_id, "note": note_id}).one_or_none()
    if row is None:
        raise NotFound(what="note")
    return _to_note(row)


def _to_note(row: Row[*tuple[Any, ...]]) -> Note:
    return Note(
        row.id,
        row.title,
        row.guest,
        NoteKind(row.kind),
        row.passage,
        row.words,
        row.written_at,
        NoteState(row.state),
    )


async def append_workshop(
    db: AsyncSession, workshop: Workshop, person_id: int, token: str, now: datetime
) -> int:
    """Its id; the workshop's own is not looked at."""
    row = WorkshopRow(
        declaration_id=workshop.declaration_id,
        token_hash=hash_token(token),
        person_id=person_id,
        title=workshop.title,
        section=workshop.section,
        created_at=now,
        closes_at=workshop.closes_at,
    )
    db.add(row)
    await db.flush()
    return row.id


async def end_workshop(db: AsyncSession, declaration_id: int, workshop_id: int, now: datetime) -> bool:
    """False where there is none in the declaration, or it has ended already."""
    ended = await db.execute(
        update(WorkshopRow)
        .where(
            WorkshopRow.id == workshop_id,
            WorkshopRow.declaration_id == declaration_id,
            WorkshopRow.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(WorkshopRow.id)
    )
    return ended.first() is not None


async def count_notes(db: AsyncSession, workshop_id: int) -> int:
    query = select(func.count()).where(WorkshopNoteRow.workshop_id == workshop_id)
    return int(await db.scalar(query) or 0)


async def append_note(
    db: AsyncSession, workshop_id: int, guest: str, kind: NoteKind, passage: str, words: str, now: datetime
) -> None:
    db.add(
        WorkshopNoteRow(
            workshop_id=workshop_id,
            guest=guest,
            kind=kind.value,
            passage=passage,
            words=words,
            written_at=now,
            state=NoteState.WAITING.value,
        )
    )
    await db.flush()


async def settle_note(
    db: AsyncSession, note_id: int, state: NoteState, person_id: int, now: datetime
) -> None:
    change = update(WorkshopNoteRow).where(WorkshopNoteRow.id == note_id)
    await db.execute(change.values(state=state.value, settled_by=person_id, settled_at=now))
