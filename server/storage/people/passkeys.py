"""Registered passkeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.engine.types import Reader
from server.storage.tables.people import PasskeyRow

_HAS_PASSKEY: Final = select(exists().where(PasskeyRow.person_id == bindparam("person")))


@dataclass(frozen=True, slots=True)
class Passkey:
    """`registration` is what the authenticator gave when the key was made, kept for the evidence."""

    id: int
    person_id: int
    credential_id: bytes
    cose_key: bytes
    sign_count: int
    registration: dict[str, Any]  # JSON of the authenticator's, opaque here
    name: str
    created_at: datetime
    last_used_at: datetime | None


def _to_passkey(row: PasskeyRow) -> Passkey:
    return Passkey(
        row.id,
        row.person_id,
        row.credential_id,
        row.cose_key,
        row.sign_count,
        row.registration,
        row.name,
        row.created_at,
        row.last_used_at,
    )


async def list_for(db: AsyncSession, person_id: int) -> list[Passkey]:
    query = select(PasskeyRow).where(PasskeyRow.person_id == person_id).order_by(PasskeyRow.id)
    return [_to_passkey(row) for row in await db.scalars(query)]


def has_passkey(db: Reader, person_id: int) -> bool:
    return bool(db.execute(_HAS_PASSKEY, {"person": person_id}).scalar_one())


async def find_by_credential(db: AsyncSession, credential_id: bytes) -> Passkey | None:
    row = await db.scalar(select(PasskeyRow).where(PasskeyRow.credential_id == credential_id))
    return _to_passkey(row) if row else None


async def append_passkey(
    db: AsyncSession,
    *,
    person_id: int,
    credential_id: bytes,
    cose_key: bytes,
    sign_count: int,
    registration: dict[str, object],
    now: datetime,
    name: str = "",
) -> None:
    db.add(
        PasskeyRow(
            person_id=person_id,
            credential_id=credential_id,
            cose_key=cose_key,
            sign_count=sign_count,
            registration=registration,
            created_at=now,
            name=name,
        )
    )
    await db.flush()


async def count_use(db: AsyncSession, passkey_id: int, sign_count: int, now: datetime) -> None:
    await db.execute(
        update(PasskeyRow).where(PasskeyRow.id == passkey_id).values(sign_count=sign_count, last_used_at=now)
    )


async def find_own(db: AsyncSession, person_id: int, passkey_id: int) -> Passkey | None:
    """A passkey of somebody else's is not found."""
    row = await db.scalar(
        select(PasskeyRow).where(PasskeyRow.id == passkey_id, PasskeyRow.person_id == person_id)
    )
    return _to_passkey(row) if row else None


async def rename(db: AsyncSession, passkey_id: int, name: str) -> None:
    await db.execute(update(PasskeyRow).where(PasskeyRow.id == passkey_id).values(name=name))


async def remove(db: AsyncSession, passkey_id: int) -> None:
    await db.execute(delete(PasskeyRow).where(PasskeyRow.id == passkey_id))
