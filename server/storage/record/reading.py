"""Entries of the whole log, whatever they belong to: for proofs and for the operator."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.record import AuditEventRow

_CHUNK: Final = 1000


async def load_entries(db: AsyncSession, positions: Collection[int]) -> dict[int, bytes]:
    """Canonical bytes by position; those that are not there are left out."""
    found: dict[int, bytes] = {}
    ordered = sorted(positions)
    for start in range(0, len(ordered), _CHUNK):
        some = ordered[start : start + _CHUNK]
        query = select(AuditEventRow.position, AuditEventRow.entry).where(AuditEventRow.position.in_(some))
        found |= {row.position: row.entry for row in await db.execute(query)}
    return found


async def iterate_entries(db: AsyncSession, slug: str = "") -> AsyncIterator[tuple[int, bytes, bytes]]:
    """Position, canonical bytes and leaf, oldest first; of one declaration, or of all."""
    after = -1
    while True:
        query = select(AuditEventRow.position, AuditEventRow.entry, AuditEventRow.leaf)
        if slug:
            query = query.where(AuditEventRow.declaration == slug)
        query = query.where(AuditEventRow.position > after).order_by(AuditEventRow.position).limit(_CHUNK)
        rows = (await db.execute(query)).all()
        for row in rows:
            yield row.position, row.entry, row.leaf
        if len(rows) < _CHUNK:
            return
        after = rows[-1].position
