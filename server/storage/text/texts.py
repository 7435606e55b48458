"""The texts of a declaration."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.texts import DeclarationText, TextKind
from server.storage.tables.text import TextRow

LANGUAGE: Final = "de"
"""What originals are written in."""


async def append_text(
    db: AsyncSession,
    declaration_id: int,
    now: datetime,
    *,
    kind: TextKind = TextKind.ORIGINAL,
    parent_id: int | None = None,
    language: str = LANGUAGE,
    name: str = "",
) -> DeclarationText:
    """An empty log. The unique index refuses a second original."""
    row = TextRow(
        declaration_id=declaration_id,
        kind=kind.value,
        parent_id=parent_id,
        language=language,
        name=name,
        created_at=now,
    )
    db.add(row)
    await db.flush()
    return _to_text(row)


def _to_text(row: TextRow) -> DeclarationText:
    return DeclarationText(
        row.id, row.declaration_id, TextKind(row.kind), row.parent_id, row.language, row.name
    )
