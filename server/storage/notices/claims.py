"""Rows that one process works on at a time: mails, and messages to webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.notices import DeliveryRow, MailRow

R = TypeVar("R", MailRow, DeliveryRow)


async def claim_first(
    db: AsyncSession,
    table: type[R],
    is_due: ColumnElement[bool],
    by: str,
    now: datetime,
    until: datetime,
    last: ColumnElement[bool] | None = None,
) -> R | None:
    """The first that is due and that nobody else has claimed. It is the claimant's until then. `last`: which
    wait until there are no others.

    One statement: PostgreSQL passes over rows that others are claiming at this moment; SQLite, which has
    one writer at a time, needs no lock and leaves the clause out.
    """
    free = or_(table.claimed_until.is_(None), table.claimed_until <= now)
    first = (
        select(table.id)
        .where(and_(is_due, free))
        .order_by(*([] if last is None else [last]), table.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row: R | None = await db.scalar(
        update(table)
        .where(table.id == first)
        .values(claimed_by=by, claimed_until=until)
        .returning(table)
        .execution_options(synchronize_session=False)
    )
    return row
