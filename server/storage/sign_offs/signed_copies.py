"""Copies that came back with a personal signature. Nothing here is ever changed or deleted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.sign_offs import SignedCopyRow, SignOffRow


async def append_copy(db: AsyncSession, sign_off_id: int, pdf: bytes) -> None:
    db.add(SignedCopyRow(sign_off_id=sign_off_id, pdf=pdf))
    await db.flush()


async def list_copies(db: AsyncSession, sign_off_ids: Collection[int]) -> dict[str, bytes]:
    """By the municipality's key, for sign-offs of one revision."""
    query = (
        select(SignOffRow.ags, SignedCopyRow.pdf)
        .join(SignOffRow, SignOffRow.id == SignedCopyRow.sign_off_id)
        .where(SignedCopyRow.sign_off_id.in_(sign_off_ids))
        .order_by(SignOffRow.ags)
    )
    return {row.ags: row.pdf for row in await db.execute(query)}


async def measure_copies(db: AsyncSession, revision_id: int) -> tuple[int, int]:
    """How many there are of a revision, and their bytes altogether."""
    query = (
        select(func.count(), func.coalesce(func.sum(func.length(SignedCopyRow.pdf)), 0))
        .join(SignOffRow, SignOffRow.id == SignedCopyRow.sign_off_id)
        .where(SignOffRow.revision_id == revision_id)
    )
    count, size = (await db.execute(query)).one()
    return int(count), int(size)
