"""Links to the page for the hall. Only hashes of their tokens are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration
from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.storage.tables.declarations import DeclarationRow, WallRow
from server.storage.tables.people import PersonRow
from server.storage.to_domain import DECLARATIONS, to_declaration

_LINKS: Final = (
    select(WallRow.id, PersonRow.name, WallRow.created_at)
    .join(PersonRow, PersonRow.id == WallRow.person_id)
    .where(WallRow.declaration_id == bindparam("declaration"), WallRow.ended_at.is_(None))
    .order_by(WallRow.id.desc())
)
_SHOWN: Final = DECLARATIONS.join(WallRow, WallRow.declaration_id == DeclarationRow.id).where(
    WallRow.token_hash == bindparam("token_hash"), WallRow.ended_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class WallLink:
    id: int
    made_by: str
    made_at: datetime


def read_links(db: Reader, declaration_id: int) -> list[WallLink]:
    """Those that work, the newest first."""
    rows = db.execute(_LINKS, {"declaration": declaration_id})
    return [WallLink(row.id, row.name, row.created_at) for row in rows]


def find_shown(db: Reader, token: str) -> Declaration | None:
    """The declaration that a link shows; None if it is unknown or was taken back."""
    row = db.execute(_SHOWN, {"token_hash": hash_token(token)}).one_or_none()
    return to_declaration(row) if row is not None else None


async def count_links(db: AsyncSession, declaration_id: int) -> int:
    """Those that work."""
    query = select(func.count()).where(WallRow.declaration_id == declaration_id, WallRow.ended_at.is_(None))
    return int(await db.scalar(query) or 0)


async def append_link(
    db: AsyncSession, declaration_id: int, person_id: int, token: str, now: datetime
) -> int:
    row = WallRow(
        declaration_id=declaration_id, person_id=person_id, token_hash=hash_token(token), created_at=now
    )
    db.add(row)
    await db.flush()
    return row.id


async def end_link(db: AsyncSession, declaration_id: int, link_id: int, now: datetime) -> bool:
    """False where there is none in the declaration, or it has ended already."""
    ended = await db.execute(
        update(WallRow)
        .where(WallRow.id == link_id, WallRow.declaration_id == declaration_id, WallRow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(WallRow.id)
    )
    return ended.first() is not None
