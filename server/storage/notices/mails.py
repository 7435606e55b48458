"""Mail that waits to be sent. Who sends one claims it first, so that it leaves once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.notices import MailRow


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """`refusals`: how often the mail server did not take it. `key` depends on the mail only, not
    on the process that sends it."""

    id: int
    key: str
    recipient: str
    subject: str
    body: str
    refusals: int


async def append_mail(db: AsyncSession, recipient: str, subject: str, body: str, now: datetime) -> None:
    db.add(MailRow(recipient=recipient, subject=subject, body=body, created_at=now))


async def list_waiting(db: AsyncSession, limit: int = 50) -> list[WaitingMail]:
    """What has not left, claimed or not, oldest first."""
    query = select(MailRow).where(MailRow.sent_at.is_(None)).order_by(MailRow.id).limit(limit)
    return [_to_mail(row) for row in await db.scalars(query)]


async def claim_mail(db: AsyncSession, by: str, now: datetime, until: datetime) -> WaitingMail | None:
    """The oldest mail that is due and that nobody else is sending. It is the claimant's until then.

    One statement: PostgreSQL passes over rows that others are claiming at this moment; SQLite, which has
    one writer at a time, needs no lock and leaves the clause out.
    """
    free = or_(MailRow.claimed_until.is_(None), MailRow.claimed_until <= now)
    due = or_(MailRow.due_at.is_(None), MailRow.due_at <= now)
    oldest = (
        select(MailRow.id)
        .where(and_(MailRow.sent_at.is_(None), free, due))
        .order_by(MailRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = await db.scalar(
        update(MailRow)
        .where(MailRow.id == oldest)
        .values(claimed_by=by, claimed_until=until)
        .returning(MailRow)
        .execution_options(synchronize_session=False)
    )
    return _to_mail(row) if row else None


async def release_mail(db: AsyncSession, mail_id: int, by: str) -> None:
    """Gives the claim back. Changes nothing when it has expired and is somebody else's."""
    await db.execute(
        update(MailRow)
        .where(MailRow.id == mail_id, MailRow.claimed_by == by)
        .values(claimed_by=None, claimed_until=None)
    )


async def put_off_mail(db: AsyncSession, mail_id: int, by: str, due_at: datetime) -> None:
    """Gives the claim to a refused mail back; it is not due again before `due_at`."""
    await release_mail(db, mail_id, by)
    await db.execute(
        update(MailRow).where(MailRow.id == mail_id).values(refusals=MailRow.refusals + 1, due_at=due_at)
    )


async def mark_sent(db: AsyncSession, mail_id: int, now: datetime) -> None:
    """Links and codes in a mail that has left are of no use here: its words are not kept."""
    await db.execute(update(MailRow).where(MailRow.id == mail_id).values(sent_at=now, subject="", body=""))


def _to_mail(row: MailRow) -> WaitingMail:
    return WaitingMail(row.id, _key(row), row.recipient, row.subject, row.body, row.refusals)


def _key(row: MailRow) -> str:
    """Not the id alone: a new database counts from one again."""
    named = f"{row.id}:{row.created_at.isoformat()}:{row.recipient}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]
