"""Up to where each person has seen a text."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.visits import TextVisit
from server.storage.engine.types import Reader
from server.storage.tables.text import UpdateBaseRow, UpdateRow, VisitRow

_VISIT: Final = select(VisitRow.seen_at, VisitRow.seen, VisitRow.before_at, VisitRow.before).where(
    VisitRow.text_id == bindparam("text"), VisitRow.person_id == bindparam("person")
)


def read_visit(db: Reader, text_id: int, person_id: int) -> TextVisit | None:
    row = db.execute(_VISIT, {"text": text_id, "person": person_id}).one_or_none()
    return TextVisit(*row) if row else None


async def load_visit(db: AsyncSession, text_id: int, person_id: int) -> TextVisit | None:
    return await (await db.connection()).run_sync(read_visit, text_id, person_id)


async def save_visit(db: AsyncSession, text_id: int, person_id: int, visit: TextVisit) -> None:
    await db.merge(
        VisitRow(
            text_id=text_id,
            person_id=person_id,
            seen_at=visit.seen_at,
            seen=visit.seen,
            before_at=visit.before_at,
            before=visit.before,
        )
    )


def read_position(db: Reader, text_id: int) -> int:
    """Of the log's last update."""
    row = db.execute(select(func.max(UpdateRow.id)).where(UpdateRow.text_id == text_id)).scalar()
    base = db.execute(select(UpdateBaseRow.upto).where(UpdateBaseRow.text_id == text_id)).scalar()
    return max(row or 0, base or 0)


async def load_position(db: AsyncSession, text_id: int) -> int:
    """The same in an act."""
    return await db.run_sync(read_position, text_id)
