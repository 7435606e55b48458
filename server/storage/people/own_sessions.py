"""A person's sessions, as they see and end them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.people.sessions import hash_token
from server.storage.tables.people import SessionRow

_KEY: Final = 16


@dataclass(frozen=True, slots=True)
class OwnSession:
    """`key` names it among the person's own, and opens nothing: the beginning of a hash of its token.
    `device`: browser and system by name."""

    key: str
    token_hash: str
    device: str
    created_at: datetime
    last_used_at: datetime


def key_of(token: str) -> str:
    return hash_token(token)[:_KEY]


async def list_own(db: AsyncSession, person_id: int, now: datetime) -> list[OwnSession]:
    """Those that are open, the one used last first."""
    query = (
        select(SessionRow)
        .where(SessionRow.person_id == person_id, SessionRow.expires_at > now)
        .order_by(SessionRow.last_used_at.desc(), SessionRow.token_hash)
    )
    return [
        OwnSession(row.token_hash[:_KEY], row.token_hash, row.device, row.created_at, row.last_used_at)
        for row in await db.scalars(query)
    ]


async def end_own(db: AsyncSession, person_id: int, token_hash: str) -> None:
    await db.execute(
        delete(SessionRow).where(SessionRow.person_id == person_id, SessionRow.token_hash == token_hash)
    )
