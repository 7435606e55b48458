"""The log of decisive acts, appended in the act's own transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.audit import AuditEvent, Tag
from server.domain.merkle import leaf_hash
from server.storage.engine.types import Reader
from server.storage.tables.record import AuditEventRow

_LOG_LOCK = 0x4B52_4146
"""PostgreSQL advisory lock: positions are given without gaps, in commit order."""

_COUNT: Final = select(func.count()).where(AuditEventRow.declaration == bindparam("slug"))
_PAGE: Final = (
    select(AuditEventRow.entry, AuditEventRow.at)
    .where(AuditEventRow.declaration == bindparam("slug"))
    .order_by(AuditEventRow.position)
    .offset(bindparam("start"))
    .limit(bindparam("limit"))
)


async def append_event(db: AsyncSession, event: AuditEvent) -> None:
    if db.get_bind().dialect.name == "postgresql":
        await db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOG_LOCK})
    last = await db.scalar(select(func.max(AuditEventRow.position)))
    position = 0 if last is None else last + 1
    entry = event.canonical()
    db.add(
        AuditEventRow(
            position=position,
            at=event.at,
            tag=event.tag.value,
            declaration=event.declaration,
            actor=event.actor,
            entry=entry,
            leaf=leaf_hash(entry),
        )
    )
    await db.flush()


async def list_events(db: AsyncSession, slug: str) -> list[AuditEvent]:
    """A declaration's, oldest first."""
    query = (
        select(AuditEventRow.entry, AuditEventRow.at)
        .where(AuditEventRow.declaration == slug)
        .order_by(AuditEventRow.position)
    )
    return [_to_event(entry, at) for entry, at in await db.execute(query)]


def count_events(db: Reader, slug: str) -> int:
    """Of a declaration."""
    return db.execute(_COUNT, {"slug": slug}).scalar_one()


def read_events(db: Reader, slug: str, start: int, limit: int) -> list[AuditEvent]:
    """A declaration's, oldest first, from the one with the place `start` (from 0) on."""
    rows = db.execute(_PAGE, {"slug": slug, "start": start, "limit": limit}).all()
    return [_to_event(entry, at) for entry, at in rows]


async def list_entries(db: AsyncSession) -> list[tuple[str, bytes]]:
    """The whole log as (declaration's slug, entry), in log order."""
    query = select(AuditEventRow.declaration, AuditEventRow.entry).order_by(AuditEventRow.position)
    return list(await db.execute(query))


def _to_event(entry: bytes, at: datetime) -> AuditEvent:
    """`at` is the entry's own time as the table has it: nothing has to be parsed."""
    data = json.loads(entry.decode())
    return AuditEvent(at, Tag(data["tag"]), data["actor"], data["declaration"], data["facts"])
