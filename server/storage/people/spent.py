"""Answers that count once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.people.sessions import hash_token
from server.storage.tables.doors import SpentRow


async def spend(db: AsyncSession, answer: str, now: datetime, until: datetime) -> bool:
    """True for the first who brings this answer. Forgets what nobody would take any longer."""
    await db.execute(delete(SpentRow).where(SpentRow.until <= now))
    key = hash_token(answer)
    if await db.scalar(select(SpentRow.hash).where(SpentRow.hash == key)):
        return False
    try:
        async with db.begin_nested():
            await db.execute(insert(SpentRow).values(hash=key, until=until))
    except IntegrityError:
        return False
    return True
