"""How far the sections of a text are."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.sections.sections import SectionState
from server.storage.engine.types import Reader
from server.storage.tables.people import MunicipalityRow
from server.storage.tables.text import SectionRow

_STATES: Final = (
    select(SectionRow.key, SectionRow.ags, MunicipalityRow.name, SectionRow.digest, SectionRow.agreed_at)
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == SectionRow.ags)
    .where(SectionRow.text_id == bindparam("text"))
)


def read_states(db: Reader, text_id: int) -> dict[str, SectionState]:
    """By the section's key."""
    found = db.execute(_STATES, {"text": text_id})
    return {key: SectionState(key, ags, town or "", digest, at) for key, ags, town, digest, at in found}


async def load_states(db: AsyncSession, text_id: int) -> dict[str, SectionState]:
    return await (await db.connection()).run_sync(read_states, text_id)


async def save_agreed(
    db: AsyncSession, text_id: int, key: str, digest: str, person_id: int, now: datetime | None
) -> None:
    """`digest` empty, `now` None: it is open again."""
    row = await _row(db, text_id, key)
    row.digest, row.agreed_at = digest, now
    row.agreed_by = person_id if digest else None


async def save_assigned(db: AsyncSession, text_id: int, key: str, ags: str | None) -> None:
    (await _row(db, text_id, key)).ags = ags


async def _row(db: AsyncSession, text_id: int, key: str) -> SectionRow:
    row = await db.get(SectionRow, (text_id, key))
    if row is None:
        row = SectionRow(text_id=text_id, key=key, digest="")
        db.add(row)
    return row
