"""Rows that somebody brought and is looking through. One table of rows for each person in a declaration."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.rows import DraftRow
from server.storage.tables.invitations import ImportDraftRow

KEPT: Final = timedelta(days=7)
"""What nobody has finished by then is forgotten: it is personal data."""


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """`stamp` is another whenever the rows change."""

    stamp: str
    rows: Sequence[DraftRow]


async def keep_draft(
    db: AsyncSession, declaration_id: int, person_id: int, rows: Sequence[DraftRow], now: datetime
) -> str:
    """In place of the one before. Returns its stamp."""
    await delete_draft(db, declaration_id, person_id)
    await db.execute(delete(ImportDraftRow).where(ImportDraftRow.created_at < now - KEPT))
    stamp = secrets.token_hex(16)
    db.add(
        ImportDraftRow(
            declaration_id=declaration_id,
            person_id=person_id,
            stamp=stamp,
            rows=[[row.line, row.is_left_out, *(row.cells[column] for column in Column)] for row in rows],
            created_at=now,
        )
    )
    await db.flush()
    return stamp


async def find_draft(db: AsyncSession, declaration_id: int, person_id: int) -> ImportDraft | None:
    row = await db.scalar(
        select(ImportDraftRow).where(
            ImportDraftRow.declaration_id == declaration_id, ImportDraftRow.person_id == person_id
        )
    )
    if row is None:
        return None
    rows = [
        DraftRow(int(line), dict(zip(Column, map(str, cells), strict=True)), bool(is_left_out))
        for line, is_left_out, *cells in row.rows
    ]
    return ImportDraft(row.stamp, rows)


async def delete_draft(db: AsyncSession, declaration_id: int, person_id: int) -> None:
    await db.execute(
        delete(ImportDraftRow).where(
            ImportDraftRow.declaration_id == declaration_id, ImportDraftRow.person_id == person_id
        )
    )
