"""Answers on record. Nothing here is ever changed or deleted."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.sign_offs import Level, SignOff, parse_statement
from server.storage.tables.sign_offs import SignOffRow


def _to_sign_off(row: SignOffRow) -> SignOff:
    return SignOff(
        row.id,
        row.revision_id,
        row.person_id,
        parse_statement(json.loads(row.statement)),
        row.statement,
        Level(row.level),
        row.evidence,
    )


async def list_sign_offs(db: AsyncSession, declaration_id: int) -> list[SignOff]:
    """All of a declaration's, for every revision, in the order in which they came."""
    query = select(SignOffRow).where(SignOffRow.declaration_id == declaration_id).order_by(SignOffRow.id)
    return [_to_sign_off(row) for row in await db.scalars(query)]


async def find_sign_off(db: AsyncSession, revision_id: int, ags: str) -> SignOff | None:
    query = select(SignOffRow).where(SignOffRow.revision_id == revision_id, SignOffRow.ags == ags)
    row = await db.scalar(query)
    return _to_sign_off(row) if row else None


async def append_sign_off(
    db: AsyncSession,
    *,
    declaration_id: int,
    revision_id: int,
    person_id: int,
    statement: bytes,
    level: Level,
    evidence: dict[str, object],
) -> SignOff:
    """One for each municipality and revision; the unique constraint settles two at once. `statement`: the
    very bytes that were confirmed."""
    said = parse_statement(json.loads(statement))
    row = SignOffRow(
        declaration_id=declaration_id,
        revision_id=revision_id,
        ags=said.ags,
        person_id=person_id,
        level=level.value,
        statement=statement,
        evidence=evidence,
        given_at=said.at,
    )
    db.add(row)
    await db.flush()
    return _to_sign_off(row)
