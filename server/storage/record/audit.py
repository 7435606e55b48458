"""The log of decisive acts, appended in the act's own transaction."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.audit import AuditEvent, Tag
from server.domain.merkle import leaf_hash
from server.storage.engine.types import Reader
from server.storage.record import log_tree
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

_SINCE: Final = (
    select(AuditEventRow.entry, AuditEventRow.at)
    .where(
        AuditEventRow.declaration == bindparam("slug"),
        AuditEventRow.position > bindparam("position"),
        AuditEventRow.tag.in_(bindparam("tags", expanding=True)),
    )
    .order_by(AuditEventRow.position)
)


async def append_event(db: AsyncSession, event: AuditEvent) -> None:
    if db.get_bind().dialect.name == "postgresql":
        await db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOG_LOCK})
    position, before, last = await _end(db)
    if last is not None and event.at < last:  # the clock was set back
        event = replace(event, at=last)
    entry = event.canonical()
    leaf = leaf_hash(entry)
    db.add(
        AuditEventRow(
            position=position,
            at=event.at,
            tag=event.tag.value,
            declaration=event.declaration,
            actor=event.actor,
            entry=entry,
            leaf=leaf,
        )
    )
    await log_tree.append_nodes(db, position, leaf, before)
    await db.flush()


async def _end(db: AsyncSession) -> tuple[int, bytes, datetime | None]:
    """The next position, and the leaf and the time before it."""
    last = (
        select(AuditEventRow.position, AuditEventRow.leaf, AuditEventRow.at)
        .order_by(AuditEventRow.position.desc())
        .limit(1)
    )
    found = (await db.execute(last)).one_or_none()
    return (0, b"", None) if found is None else (found.position + 1, found.leaf, found.at)


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


def read_since(db: Reader, slug: str, position: int, tags: Collection[Tag]) -> list[AuditEvent]:
    """A declaration's with these tags after a position in the whole log, oldest first."""
    asked = {"slug": slug, "position": position, "tags": [tag.value for tag in tags]}
    return [_to_event(entry, at) for entry, at in db.execute(_SINCE, asked)]


async def list_entries_of(db: AsyncSession, slug: str, tags: Collection[Tag]) -> dict[int, bytes]:
    """A declaration's entries with these tags, by position."""
    query = select(AuditEventRow.position, AuditEventRow.entry).where(
        AuditEventRow.declaration == slug, AuditEventRow.tag.in_([tag.value for tag in tags])
    )
    return {row.position: row.entry for row in await db.execute(query)}


async def list_entries_by(db: AsyncSession, actors: Collection[int], tag: Tag) -> dict[int, bytes]:
    """These persons' entries with this tag, by position, whatever declaration they belong to."""
    query = select(AuditEventRow.position, AuditEventRow.entry).where(
        AuditEventRow.tag == tag.value, AuditEventRow.actor.in_(actors)
    )
    return {row.position: row.entry for row in await db.execute(query)}


def _to_event(entry: bytes, at: datetime) -> AuditEvent:
    """`at` is the entry's own time as the table has it: nothing has to be parsed."""
    data = json.loads(entry.decode())
    return AuditEvent(at, Tag(data["tag"]), data["actor"], data["declaration"], data["facts"])
