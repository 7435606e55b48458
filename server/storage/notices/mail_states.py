"""What became of the mails of a declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.engine.types import Reader
from server.storage.tables.notices import MailRow
from server.storage.tables.people import PersonRow


@dataclass(frozen=True, slots=True)
class MailState:
    """What became of a mail. `reason`: a code of a mail server or a bounce."""

    id: int
    name: str
    recipient: str
    notice: str
    created_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    refusals: int
    reason: str

    @property
    def state(self) -> str:
        """A key of the page's words."""
        if self.ended_at is not None:
            return "returned" if self.sent_at is not None else "given_up"
        if self.sent_at is not None:
            return "sent"
        return "refused" if self.refusals else "waiting"


_COLUMNS: Final = (
    MailRow.id,
    MailRow.recipient,
    MailRow.notice,
    MailRow.created_at,
    MailRow.sent_at,
    MailRow.ended_at,
    MailRow.refusals,
    MailRow.reason,
)


def read_states(db: Reader, declaration_id: int, limit: int) -> list[MailState]:
    """Newest first; those that need somebody before all others."""
    needs = case((or_(MailRow.ended_at.is_not(None), MailRow.refusals > 0), 0), else_=1)
    rows = db.execute(
        select(*_COLUMNS, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == MailRow.person_id)
        .where(MailRow.declaration_id == declaration_id)
        .order_by(needs, MailRow.id.desc())
        .limit(limit)
    )
    return [
        MailState(
            row.id,
            row.name or row.recipient,
            row.recipient,
            row.notice,
            row.created_at,
            row.sent_at,
            row.ended_at,
            row.refusals,
            row.reason or "",
        )
        for row in rows
    ]


async def mark_returned(
    db: AsyncSession, mail_id: int, declaration_id: int, now: datetime, reason: str
) -> int | None:
    """The person's id, 0 for a mailbox that is nobody's account; None: there is no such mail that has left
    and not come back."""
    row = await db.scalar(
        update(MailRow)
        .where(
            MailRow.id == mail_id,
            MailRow.declaration_id == declaration_id,
            MailRow.sent_at.is_not(None),
            MailRow.ended_at.is_(None),
        )
        .values(ended_at=now, reason=reason[:100])
        .returning(MailRow)
        .execution_options(synchronize_session=False)
    )
    return None if row is None else row.person_id or 0


async def note_bounce(db: AsyncSession, key: str, now: datetime, status: str) -> None:
    await db.execute(
        update(MailRow)
        .where(MailRow.key == key, MailRow.sent_at.is_not(None), MailRow.ended_at.is_(None))
        .values(ended_at=now, reason=status[:100])
    )
