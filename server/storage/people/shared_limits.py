"""Limits that hold for all processes together: buckets of tokens in the database.

A bucket is one moment, at which it will be full again (the generic cell rate algorithm): each act moves it on
by `period / capacity`, and one that would move it more than `period` ahead is refused and moves nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.storage.tables.doors import LimitRow

FORGOTTEN: Final = 100
"""Full buckets that each act clears away; those that somebody else holds are left."""


def read_is_taken(db: Reader, name: str, now: datetime) -> bool:
    """Of a limit of one: whether its act was done within the period. Who may do it is for `take` to say."""
    full_at = db.execute(select(LimitRow.full_at).where(LimitRow.key == hash_token(name))).scalar()
    return full_at is not None and full_at > now


async def take(
    db: AsyncSession, name: str, *, capacity: int, period: timedelta, now: datetime
) -> timedelta | None:
    """None: the act may be done. Else how long until it may. `name` is kept as a hash."""
    full = select(LimitRow.key).where(LimitRow.full_at <= now).limit(FORGOTTEN)
    await db.execute(delete(LimitRow).where(LimitRow.key.in_(full.with_for_update(skip_locked=True))))
    key = hash_token(name)
    if db.get_bind().dialect.name == "postgresql":  # two who are first wait for each other
        new = insert_or_not(LimitRow).values(key=key, full_at=now)
        await db.execute(new.on_conflict_do_nothing())
    found = await db.scalar(select(LimitRow.full_at).where(LimitRow.key == key).with_for_update())
    if found is not None and found > now + period:  # only after the clock was set back: one may pass
        full_at = now + period
    else:
        full_at = max(found or now, now) + period / capacity
    if full_at > now + period:
        return full_at - now - period
    if found is None:
        await db.execute(insert(LimitRow).values(key=key, full_at=full_at))
    else:
        await db.execute(update(LimitRow).where(LimitRow.key == key).values(full_at=full_at))
    return None
