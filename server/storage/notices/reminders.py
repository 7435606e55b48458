"""Reminders that were sent, and who of a declaration's signatories can be reminded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.notices.kinds import NoticeKind, Pace
from server.storage.engine.types import Reader
from server.storage.tables.notices import NoticeChoiceRow, ReminderRecipientRow, ReminderRow
from server.storage.tables.people import LoginLinkRow, PersonRow, SessionRow


@dataclass(frozen=True, slots=True)
class SentReminder:
    at: datetime
    sender: str
    text: str
    recipients: int


async def append_reminder(
    db: AsyncSession,
    *,
    declaration_id: int,
    sender: int,
    audience: str,
    text: str,
    recipients: Collection[int],
    now: datetime,
) -> None:
    row = ReminderRow(
        declaration_id=declaration_id, person_id=sender, audience=audience, text=text, created_at=now
    )
    db.add(row)
    await db.flush()
    db.add_all(ReminderRecipientRow(reminder_id=row.id, person_id=person) for person in recipients)


def read_reminders(
    db: Reader, declaration_id: int, audience: str | None = None, limit: int = 50
) -> list[SentReminder]:
    """Newest first. `audience`: None for all."""
    count = (
        select(func.count())
        .where(ReminderRecipientRow.reminder_id == ReminderRow.id)
        .correlate(ReminderRow)
        .scalar_subquery()
    )
    query = (
        select(ReminderRow.created_at, PersonRow.name, ReminderRow.text, count)
        .join(PersonRow, PersonRow.id == ReminderRow.person_id)
        .where(ReminderRow.declaration_id == declaration_id, *_meant(audience))
        .order_by(ReminderRow.id.desc())
        .limit(limit)
    )
    return [SentReminder(*row) for row in db.execute(query)]


def read_reminded(db: Reader, declaration_id: int, since: datetime, audience: str | None = None) -> set[int]:
    """Who was reminded after that moment. `audience`: as in `read_reminders`."""
    query = (
        select(ReminderRecipientRow.person_id)
        .join(ReminderRow, ReminderRow.id == ReminderRecipientRow.reminder_id)
        .where(
            ReminderRow.declaration_id == declaration_id,
            ReminderRow.created_at > since,
            *_meant(audience),
        )
    )
    return set(db.scalars(query))


def _meant(audience: str | None) -> list[ColumnElement[bool]]:
    return [] if audience is None else [ReminderRow.audience == audience]


def read_unwilling(db: Reader, person_ids: Collection[int]) -> set[int]:
    """Who has chosen not to be reminded."""
    query = select(NoticeChoiceRow.person_id).where(
        NoticeChoiceRow.person_id.in_(person_ids),
        NoticeChoiceRow.kind == NoticeKind.REMINDER.value,
        NoticeChoiceRow.pace == Pace.NONE.value,
    )
    return set(db.scalars(query))


def read_signed_in(db: Reader, person_ids: Collection[int]) -> set[int]:
    """Those of them who have ever signed in."""
    links = select(LoginLinkRow.person_id).where(
        LoginLinkRow.person_id.in_(person_ids), LoginLinkRow.used_at.is_not(None)
    )
    sessions = select(SessionRow.person_id).where(SessionRow.person_id.in_(person_ids))
    return set(db.scalars(links)) | set(db.scalars(sessions))
