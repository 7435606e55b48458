"""Mail that waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.notices import MailRow


@dataclass(frozen=True, slots=True)
class WaitingMail:
    id: int
    recipient: str
    subject: str
    body: str


async def append_mail(db: AsyncSession, recipient: str, subject: str, body: str, now: datetime) -> None:
    db.add(MailRow(recipient=recipient, subject=subject, body=body, created_at=now))


async def list_waiting(db: AsyncSession, limit: int = 50, *, after: int = 0) -> list[WaitingMail]:
    """Oldest first, from behind the mail with the id `after` on."""
    waiting = MailRow.sent_at.is_(None), MailRow.id > after
    query = select(MailRow).where(*waiting).order_by(MailRow.id).limit(limit)
    return [WaitingMail(row.id, row.recipient, row.subject, row.body) for row in await db.scalars(query)]


async def mark_sent(db: AsyncSession, mail_id: int, now: datetime) -> None:
    """Links and codes in a mail that has left are of no use here: its words are not kept."""
    await db.execute(update(MailRow).where(MailRow.id == mail_id).values(sent_at=now, subject="", body=""))
