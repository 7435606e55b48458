"""Accounts at providers that stand for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.persons import Person
from server.storage.people.persons import to_person
from server.storage.tables.doors import IdentityRow
from server.storage.tables.people import PersonRow


@dataclass(frozen=True, slots=True)
class Identity:
    id: int
    issuer: str
    created_at: datetime
    last_used_at: datetime


async def find_person(db: AsyncSession, issuer: str, subject: str) -> Person | None:
    query = (
        select(PersonRow)
        .join(IdentityRow, IdentityRow.person_id == PersonRow.id)
        .where(IdentityRow.issuer == issuer, IdentityRow.subject == subject)
    )
    row = await db.scalar(query)
    return to_person(row) if row else None


async def append(db: AsyncSession, person_id: int, issuer: str, subject: str, now: datetime) -> None:
    db.add(IdentityRow(person_id=person_id, issuer=issuer, subject=subject, created_at=now, last_used_at=now))
    await db.flush()


async def note_use(db: AsyncSession, issuer: str, subject: str, now: datetime) -> None:
    await db.execute(
        update(IdentityRow)
        .where(IdentityRow.issuer == issuer, IdentityRow.subject == subject)
        .values(last_used_at=now)
    )


async def list_own(db: AsyncSession, person_id: int) -> list[Identity]:
    query = select(IdentityRow).where(IdentityRow.person_id == person_id).order_by(IdentityRow.id)
    return [Identity(row.id, row.issuer, row.created_at, row.last_used_at) for row in await db.scalars(query)]


async def remove_own(db: AsyncSession, person_id: int, identity_id: int) -> bool:
    """False where the person has no such account."""
    done = await db.execute(
        delete(IdentityRow)
        .where(IdentityRow.id == identity_id, IdentityRow.person_id == person_id)
        .returning(IdentityRow.id)
    )
    return done.first() is not None
