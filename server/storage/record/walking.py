"""The log from its first entry to its last, a thousand at a time: whatever its length, a few hashes are held.

Everything is made again from the entries: leaves, subtrees, roots. What is stored beside them is compared.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.merkle import Subtree, Tree, grow, leaf_hash, subtrees_for
from server.domain.sign_offs.statements import timestamp
from server.storage.tables.record import AuditEventRow, LogNodeRow

CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """`position`: of the first entry that is not as it should be, from 0; `what` says why, in English."""

    position: int
    what: str


@dataclass(frozen=True, slots=True)
class Walked:
    """`roots`: by size, of those that were asked for and of the whole log."""

    size: int
    roots: dict[int, bytes]
    difference: Difference | None = None


async def walk(db: AsyncSession, sizes: Collection[int]) -> Walked:
    """Up to the first difference. `sizes`: of which the roots are wanted."""
    highest = await _highest_nodes(db)
    size = await _size(db)
    wanted, roots = {*sizes, size}, {0: Tree(0, {}).root}
    peaks: dict[Subtree, bytes] = {}
    position, last = 0, None
    async for rows, nodes in _chunks(db, size):
        for row in rows:
            if (found := _fault(row, position, last)) is not None:
                return Walked(size, roots, found)
            grown = grow(position, row.leaf, peaks)
            if (found := _node_fault(grown, nodes, position)) is not None:
                return Walked(size, roots, found)
            peaks |= {Subtree(0, position): row.leaf} | grown
            position, last = position + 1, row.at
            peaks = {subtree: peaks[subtree] for subtree in subtrees_for(position, ())}
            if position in wanted:
                roots[position] = Tree(position, peaks).root
    if position < size:
        return Walked(size, roots, Difference(position, "the entry is missing"))
    return Walked(size, roots, _surplus(highest, size))


async def _size(db: AsyncSession) -> int:
    last = await db.scalar(select(func.max(AuditEventRow.position)))
    return 0 if last is None else last + 1


async def _highest_nodes(db: AsyncSession) -> dict[int, int]:
    query = select(LogNodeRow.level, func.max(LogNodeRow.index)).group_by(LogNodeRow.level)
    return {row[0]: row[1] for row in await db.execute(query)}


async def _chunks(db: AsyncSession, size: int) -> AsyncIterator[tuple[list[_Row], dict[Subtree, bytes]]]:
    """Entries of a stretch, and the stored subtrees that they complete."""
    for start in range(0, size, CHUNK):
        end = min(start + CHUNK, size)
        columns = select(
            AuditEventRow.position,
            AuditEventRow.at,
            AuditEventRow.tag,
            AuditEventRow.declaration,
            AuditEventRow.actor,
            AuditEventRow.entry,
            AuditEventRow.leaf,
        )
        query = columns.where(AuditEventRow.position.between(start, end - 1)).order_by(AuditEventRow.position)
        rows = [_Row(*row) for row in await db.execute(query)]
        yield rows, await _nodes_between(db, start, end)


async def _nodes_between(db: AsyncSession, start: int, end: int) -> dict[Subtree, bytes]:
    levels = range(1, max(end.bit_length(), 2))
    completed = [
        and_(LogNodeRow.level == level, LogNodeRow.index.between(start >> level, (end >> level) - 1))
        for level in levels
    ]
    query = select(LogNodeRow.level, LogNodeRow.index, LogNodeRow.hash).where(or_(*completed))
    return {Subtree(level, index): value for level, index, value in await db.execute(query)}


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    at: datetime
    tag: str
    declaration: str
    actor: int
    entry: bytes
    leaf: bytes


def _fault(row: _Row, position: int, last: datetime | None) -> Difference | None:
    if row.position != position:
        return Difference(position, "the entry is missing")
    if leaf_hash(row.entry) != row.leaf:
        return Difference(position, "the entry does not have the hash that is stored as its leaf")
    try:
        entry = json.loads(row.entry)
        told = (entry["at"], entry["tag"], entry["declaration"], entry["actor"])
    except (ValueError, KeyError, TypeError):
        return Difference(position, "the entry cannot be read")
    if told != (timestamp(row.at), row.tag, row.declaration, row.actor):
        return Difference(position, "the table's columns say something else than the entry")
    if last is not None and row.at < last:
        return Difference(position, "the entry is older than the one before it")
    return None


def _node_fault(grown: dict[Subtree, bytes], nodes: dict[Subtree, bytes], position: int) -> Difference | None:
    for subtree, value in grown.items():
        stored = nodes.get(subtree)
        if stored != value:
            how = "is missing" if stored is None else "differs"
            place = f"level {subtree.level}, index {subtree.index}"
            return Difference(position, f"the stored node that this entry completes ({place}) {how}")
    return None


def _surplus(highest: dict[int, int], size: int) -> Difference | None:
    """Nodes of entries that are not there: the log was longer."""
    for level, index in sorted(highest.items()):
        if (index + 1) << level > size:
            return Difference(size, f"a node of a longer log is stored (level {level}, index {index})")
    return None
