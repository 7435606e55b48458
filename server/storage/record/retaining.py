"""Clears away what is kept for a time only. Counts come back, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Delete, Update, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.record.retention import Retention
from server.storage.tables.doors import AskerRow, LimitRow, SpentRow
from server.storage.tables.imports import TextImportRow
from server.storage.tables.invitations import ImportDraftRow, InvitationRow
from server.storage.tables.legal import RetentionRunRow
from server.storage.tables.notices import MailRow
from server.storage.tables.people import LoginLinkRow, PersonRow, SessionRow
from server.storage.tables.sign_offs import ChallengeRow

FORGOTTEN: Final = ""
"""In place of a recipient's address."""


async def is_done(db: AsyncSession, day: str) -> bool:
    return await db.get(RetentionRunRow, day) is not None


async def note_done(db: AsyncSession, day: str) -> bool:
    """False when somebody else does it already. Of two at once the second waits for the first."""
    make = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    done = await db.execute(
        make(RetentionRunRow).values(day=day).on_conflict_do_nothing().returning(RetentionRunRow.day)
    )
    if done.first() is None:
        return False
    await db.execute(delete(RetentionRunRow).where(RetentionRunRow.day < day))
    return True


async def clear_away(db: AsyncSession, retention: Retention, now: datetime) -> dict[str, int]:
    """How many rows of each kind went, or lost what was personal in them."""
    links, sent = now - retention.links, now - retention.mails
    ended = func.coalesce(MailRow.sent_at, MailRow.ended_at)
    cleared: dict[str, Delete | Update] = {
        "sessions": delete(SessionRow).where(SessionRow.expires_at <= now - retention.sessions),
        "login_links": delete(LoginLinkRow).where(LoginLinkRow.expires_at <= links),
        "askers": delete(AskerRow).where(AskerRow.expires_at <= links),
        "challenges": delete(ChallengeRow).where(ChallengeRow.expires_at <= links),
        "spent": delete(SpentRow).where(SpentRow.until <= now),
        "limits": delete(LimitRow).where(LimitRow.full_at <= now),
        "mails": update(MailRow)
        .where(ended <= sent, MailRow.recipient != FORGOTTEN)
        .values(recipient=FORGOTTEN, payload={}),
        "import_drafts": delete(ImportDraftRow).where(ImportDraftRow.created_at <= links),
        "text_imports": delete(TextImportRow).where(TextImportRow.created_at <= links),
    }
    return {name: _rows(await db.execute(statement)) for name, statement in cleared.items()}


async def list_unaccepted(db: AsyncSession, before: datetime) -> list[tuple[int, int, int | None]]:
    """Invitation, declaration and person of those that nobody accepted, sent before then, whose person has
    never signed in."""
    query = (
        select(InvitationRow.id, InvitationRow.declaration_id, InvitationRow.person_id)
        .outerjoin(PersonRow, PersonRow.id == InvitationRow.person_id)
        .where(
            InvitationRow.accepted_at.is_(None),
            func.coalesce(InvitationRow.invited_at, InvitationRow.created_at) <= before,
            PersonRow.signed_in_at.is_(None),
        )
        .order_by(InvitationRow.id)
    )
    return [(row.id, row.declaration_id, row.person_id) for row in await db.execute(query)]


def _rows(result: object) -> int:
    return int(getattr(result, "rowcount", 0))
