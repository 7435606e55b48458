"""Browsers that have asked for somebody's login link, and the codes that they were shown."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.doors import AskerRow

KEPT: Final = 200
"""Of one person. More ask in a flood only, from many networks; then the oldest is forgotten."""


async def append(
    db: AsyncSession, person_id: int, browser_hash: str, code_hash: str, now: datetime, expires_at: datetime
) -> None:
    await db.execute(delete(AskerRow).where(AskerRow.expires_at <= now))
    db.add(
        AskerRow(person_id=person_id, browser_hash=browser_hash, code_hash=code_hash, expires_at=expires_at)
    )
    await db.flush()
    newest = select(AskerRow.id).where(AskerRow.person_id == person_id).order_by(AskerRow.id.desc())
    await db.execute(
        delete(AskerRow).where(
            AskerRow.person_id == person_id, AskerRow.id.not_in(newest.limit(KEPT).scalar_subquery())
        )
    )


async def has_asked(db: AsyncSession, person_id: int, browser_hash: str, now: datetime) -> bool:
    query = select(AskerRow.id).where(
        AskerRow.person_id == person_id, AskerRow.browser_hash == browser_hash, AskerRow.expires_at > now
    )
    return await db.scalar(query.limit(1)) is not None


async def was_shown(db: AsyncSession, person_id: int, code_hash: str, now: datetime) -> bool:
    query = select(AskerRow.id).where(
        AskerRow.person_id == person_id, AskerRow.code_hash == code_hash, AskerRow.expires_at > now
    )
    return await db.scalar(query.limit(1)) is not None
