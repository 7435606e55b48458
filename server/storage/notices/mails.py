"""Mail that waits to be sent. Who sends one claims it first, so that it leaves once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.languages import DEFAULT, Language, as_language
from server.storage.notices.claims import claim_first
from server.storage.tables.notices import MailRow
from server.storage.tables.people import PersonRow


@dataclass(frozen=True, slots=True)
class NewMail:
    """`person_id`: None for a mailbox that is nobody's account. `notice` and `payload`: the class and the
    fields of what is said, in words only when it leaves.
    `expires_at`: it does not leave later."""

    recipient: str
    person_id: int | None
    notice: str
    payload: dict[str, Any]
    declaration_id: int | None = None
    expires_at: datetime | None = None
    reply_to: str | None = None
    key: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """`refusals`: how often the mail server did not take it. `key` is the same whichever process sends it;
    `language` is the person's of this moment."""

    id: int
    key: str
    reply_to: str
    person_id: int | None
    recipient: str
    language: Language
    notice: str
    payload: dict[str, Any]
    refusals: int
    created_at: datetime
    declaration_id: int | None


async def append_mail(db: AsyncSession, mail: NewMail, now: datetime) -> int:
    """Returns the mail's id."""
    row = MailRow(
        key=mail.key,
        reply_to=mail.reply_to,
        person_id=mail.person_id,
        declaration_id=mail.declaration_id,
        recipient=mail.recipient,
        notice=mail.notice,
        payload=mail.payload,
        expires_at=mail.expires_at,
        created_at=now,
    )
    db.add(row)
    await db.flush()
    return row.id


async def find_key(db: AsyncSession, person_id: int, declaration_id: int, notice: str) -> str | None:
    """Of the newest mail of this kind to this person: what a reminder replies to."""
    query = (
        select(MailRow.key)
        .where(
            MailRow.person_id == person_id, MailRow.declaration_id == declaration_id, MailRow.notice == notice
        )
        .order_by(MailRow.id.desc())
        .limit(1)
    )
    found: str | None = await db.scalar(query)
    return found


async def list_waiting(db: AsyncSession, limit: int = 50) -> list[WaitingMail]:
    """What has not left, claimed or not, oldest first."""
    query = (
        select(MailRow, PersonRow.language)
        .outerjoin(PersonRow, PersonRow.id == MailRow.person_id)
        .where(MailRow.sent_at.is_(None), MailRow.ended_at.is_(None))
        .order_by(MailRow.id)
        .limit(limit)
    )
    return [_to_mail(row, language) for row, language in await db.execute(query)]


async def claim_mail(db: AsyncSession, by: str, now: datetime, until: datetime) -> WaitingMail | None:
    """The oldest mail that is due and that nobody else is sending. It is the claimant's until then."""
    is_due = or_(MailRow.due_at.is_(None), MailRow.due_at <= now)
    waits = and_(MailRow.sent_at.is_(None), MailRow.ended_at.is_(None), is_due)
    row = await claim_first(db, MailRow, waits, by, now, until)
    if row is None:
        return None
    language = await db.scalar(select(PersonRow.language).where(PersonRow.id == row.person_id))
    return _to_mail(row, language)


async def end_expired(db: AsyncSession, now: datetime) -> None:
    """Links and codes that nobody can use any more do not lie here."""
    await db.execute(
        update(MailRow)
        .where(MailRow.sent_at.is_(None), MailRow.ended_at.is_(None), MailRow.expires_at <= now)
        .values(ended_at=now, payload={}, reason=func.coalesce(MailRow.reason, "expired"))
    )


async def release_mail(db: AsyncSession, mail_id: int, by: str) -> None:
    """Gives the claim back. Changes nothing when it has expired and is somebody else's."""
    await db.execute(
        update(MailRow)
        .where(MailRow.id == mail_id, MailRow.claimed_by == by)
        .values(claimed_by=None, claimed_until=None)
    )


async def put_off_mail(db: AsyncSession, mail_id: int, by: str, due_at: datetime, reason: str) -> None:
    """Gives the claim to a refused mail back; it is not due again before `due_at`."""
    await release_mail(db, mail_id, by)
    await db.execute(
        update(MailRow)
        .where(MailRow.id == mail_id)
        .values(refusals=MailRow.refusals + 1, due_at=due_at, reason=reason[:100])
    )


async def give_up_mail(db: AsyncSession, mail_id: int, now: datetime, reason: str) -> None:
    """It will not leave. Its words are not kept."""
    await db.execute(
        update(MailRow)
        .where(MailRow.id == mail_id, MailRow.sent_at.is_(None))
        .values(ended_at=now, payload={}, reason=reason[:100])
    )


async def mark_sent(db: AsyncSession, mail_id: int, now: datetime) -> None:
    """Links and codes in a mail that has left are of no use here: its words are not kept."""
    await db.execute(
        update(MailRow).where(MailRow.id == mail_id).values(sent_at=now, payload={}, reason=None)
    )


def _to_mail(row: MailRow, language: str | None) -> WaitingMail:
    return WaitingMail(
        row.id,
        row.key,
        row.reply_to or "",
        row.person_id,
        row.recipient,
        as_language(language) or DEFAULT,
        row.notice,
        row.payload,
        row.refusals,
        row.created_at,
        row.declaration_id,
    )
