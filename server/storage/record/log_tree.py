"""The log as a Merkle tree: its perfect subtrees are written as it grows, so that a root or a proof at any
size reads a few hashes and no entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.merkle import Subtree, Tree, grow, left_siblings, subtrees_for
from server.storage.tables.record import AuditEventRow, LogNodeRow


async def append_nodes(db: AsyncSession, position: int, leaf: bytes, before: bytes) -> None:
    """In the transaction that appends the leaf, under the log's lock. `before` is the leaf before it.

    Half of all leaves complete no subtree, a quarter one for which `before` is enough; the others ask for
    one hash a level. On average a leaf costs half a query and one row.
    """
    siblings = left_siblings(position)
    hashes = {Subtree(0, position - 1): before} | await _load_hashes(db, siblings[1:])
    grown = grow(position, leaf, hashes)
    db.add_all(LogNodeRow(level=node.level, index=node.index, hash=value) for node, value in grown.items())


async def load_tree(db: AsyncSession, size: int, positions: Collection[int]) -> Tree:
    """The log when it had `size` leaves, for its root and the proofs of these leaves: about log2(size) hashes
    each."""
    return Tree(size, await _load_hashes(db, subtrees_for(size, positions)))


async def _load_hashes(db: AsyncSession, wanted: Iterable[Subtree]) -> dict[Subtree, bytes]:
    """One query a level."""
    by_level: dict[int, list[int]] = defaultdict(list)
    for subtree in wanted:
        by_level[subtree.level].append(subtree.index)
    found: dict[Subtree, bytes] = {}
    for level, indexes in by_level.items():
        query = (
            select(LogNodeRow.index, LogNodeRow.hash).where(
                LogNodeRow.level == level, LogNodeRow.index.in_(indexes)
            )
            if level
            else select(AuditEventRow.position, AuditEventRow.leaf).where(AuditEventRow.position.in_(indexes))
        )
        found |= {Subtree(level, index): value for index, value in await db.execute(query)}
    return found
