"""What people want to be sent, and what waits for their daily mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.notices.kinds import NoticeKind, Pace
from server.domain.people.persons import Person
from server.storage.people.persons import to_person
from server.storage.tables.notices import DigestItemRow, NoticeChoiceRow
from server.storage.tables.people import PersonRow


@dataclass(frozen=True, slots=True)
class DigestItem:
    notice: str
    payload: dict[str, Any]


async def load_choices(db: AsyncSession, person_id: int) -> dict[NoticeKind, Pace]:
    """Without those that were never made."""
    rows = await db.scalars(select(NoticeChoiceRow).where(NoticeChoiceRow.person_id == person_id))
    known = {kind.value for kind in NoticeKind}
    return {NoticeKind(row.kind): Pace(row.pace) for row in rows if row.kind in known}


async def store_choices(db: AsyncSession, person_id: int, choices: Mapping[NoticeKind, Pace]) -> None:
    """In place of earlier ones for these kinds; others stay."""
    for kind, pace in choices.items():
        await db.merge(NoticeChoiceRow(person_id=person_id, kind=kind.value, pace=pace.value))


async def append_item(
    db: AsyncSession, person_id: int, notice: str, payload: dict[str, Any], now: datetime
) -> None:
    db.add(DigestItemRow(person_id=person_id, notice=notice, payload=payload, created_at=now))


async def list_with_items(db: AsyncSession, before: datetime) -> list[Person]:
    """For whom something has waited since before that moment."""
    waiting = select(DigestItemRow.person_id).where(DigestItemRow.created_at < before)
    rows = await db.scalars(select(PersonRow).where(PersonRow.id.in_(waiting)).order_by(PersonRow.id))
    return [to_person(row) for row in rows]


async def take_items(db: AsyncSession, person_id: int, before: datetime) -> list[DigestItem]:
    """Deletes what it returns, oldest first: of two who ask at once one gets it, the other nothing."""
    taken = await db.execute(
        delete(DigestItemRow)
        .where(DigestItemRow.person_id == person_id, DigestItemRow.created_at < before)
        .returning(DigestItemRow.id, DigestItemRow.notice, DigestItemRow.payload)
    )
    return [DigestItem(row.notice, row.payload) for row in sorted(taken, key=lambda row: row.id)]
