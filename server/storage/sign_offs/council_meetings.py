"""The days on which councils decide about answers, and whom that was said to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Phase
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.sign_offs import CouncilMeetingRow, SignOffRow


async def append_meeting(db: AsyncSession, sign_off_id: int, day: str) -> None:
    """`day`: ISO 8601."""
    db.add(CouncilMeetingRow(sign_off_id=sign_off_id, day=day))


async def list_due(db: AsyncSession, before: str) -> dict[str, list[int]]:
    """Answers whose council met before that day and of which nobody was reminded, by the slug of their
    declaration; of those that are being signed."""
    query = (
        select(DeclarationRow.slug, CouncilMeetingRow.sign_off_id)
        .join(SignOffRow, SignOffRow.id == CouncilMeetingRow.sign_off_id)
        .join(DeclarationRow, DeclarationRow.id == SignOffRow.declaration_id)
        .where(
            CouncilMeetingRow.day < before,
            CouncilMeetingRow.reminded_at.is_(None),
            DeclarationRow.phase == Phase.SIGNING.value,
        )
        .order_by(CouncilMeetingRow.sign_off_id)
    )
    found: dict[str, list[int]] = {}
    for slug, sign_off in await db.execute(query):
        found.setdefault(slug, []).append(sign_off)
    return found


async def note_reminded(db: AsyncSession, sign_off_id: int, now: datetime) -> bool:
    """False when it was done already. Of two at once the second waits for the first."""
    done = await db.execute(
        update(CouncilMeetingRow)
        .where(CouncilMeetingRow.sign_off_id == sign_off_id, CouncilMeetingRow.reminded_at.is_(None))
        .values(reminded_at=now)
        .returning(CouncilMeetingRow.sign_off_id)
    )
    return done.first() is not None
