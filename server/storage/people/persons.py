"""Persons with an account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.people.languages import DEFAULT, Language, as_language
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS, WRITERS
from server.storage.engine.types import Reader
from server.storage.tables.declarations import FormerParticipantRow, ParticipantRow
from server.storage.tables.people import PersonRow

_COORDINATORS: Final = (
    select(PersonRow.id, PersonRow.email, PersonRow.name, PersonRow.language, PersonRow.may_create)
    .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
    .where(
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.role.in_([role.value for role in COORDINATORS]),
    )
    .order_by(PersonRow.name, PersonRow.id)
)
_STAFF_NAMES: Final = (
    select(PersonRow.id, PersonRow.name)
    .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
    .where(
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.role.in_([role.value for role in WRITERS]),
    )
)
_FORMER_NAMES: Final = (
    select(PersonRow.id, PersonRow.name)
    .join(FormerParticipantRow, FormerParticipantRow.person_id == PersonRow.id)
    .where(FormerParticipantRow.declaration_id == bindparam("declaration"))
)
_NAMES: Final = select(PersonRow.id, PersonRow.name).where(
    PersonRow.id.in_(bindparam("persons", expanding=True))
)


def to_person(row: PersonRow | Row[*tuple[Any, ...]]) -> Person:
    return Person(row.id, row.email, row.name, as_language(row.language) or DEFAULT, row.may_create)


async def find_by_email(db: AsyncSession, email: str) -> Person | None:
    """Addresses are compared without regard to case."""
    row = await db.scalar(select(PersonRow).where(func.lower(PersonRow.email) == email.strip().lower()))
    return to_person(row) if row else None


async def load_person(db: AsyncSession, person_id: int) -> Person:
    row = await db.get(PersonRow, person_id)
    if row is None:
        raise NotFound(what="person")
    return to_person(row)


async def load_handle(db: AsyncSession, person_id: int) -> bytes:
    """The WebAuthn user handle: 32 random bytes."""
    handle = await db.scalar(select(PersonRow.handle).where(PersonRow.id == person_id))
    if handle is None:
        raise NotFound(what="person")
    return handle


async def set_language(db: AsyncSession, person_id: int, language: Language) -> None:
    await db.execute(update(PersonRow).where(PersonRow.id == person_id).values(language=language))


def read_knows_help(db: Reader, person_id: int) -> bool:
    """Has put the hint of the first visit away."""
    return db.scalar(select(PersonRow.knows_help_at).where(PersonRow.id == person_id)) is not None


async def set_knows_help(db: AsyncSession, person_id: int, now: datetime) -> None:
    await db.execute(update(PersonRow).where(PersonRow.id == person_id).values(knows_help_at=now))


async def list_persons(db: AsyncSession, person_ids: Collection[int]) -> dict[int, Person]:
    """By id."""
    query = select(PersonRow).where(PersonRow.id.in_(list(person_ids)))
    return {row.id: to_person(row) for row in await db.scalars(query)}


async def allow_creating(db: AsyncSession, person_id: int) -> None:
    await db.execute(update(PersonRow).where(PersonRow.id == person_id).values(may_create=True))


async def list_participants(db: AsyncSession, declaration_id: int) -> list[Person]:
    """Everybody who takes part, once."""
    query = (
        select(PersonRow)
        .where(
            PersonRow.id.in_(
                select(ParticipantRow.person_id).where(ParticipantRow.declaration_id == declaration_id)
            )
        )
        .order_by(PersonRow.id)
    )
    return [to_person(row) for row in await db.scalars(query)]


def read_coordinators(db: Reader, declaration_id: int) -> list[Person]:
    """By name."""
    rows = db.execute(_COORDINATORS, {"declaration": declaration_id}).all()
    return [to_person(row) for row in rows]


def read_staff_names(db: Reader, declaration_id: int) -> dict[int, str]:
    """Names of those who may write in the declaration, or could before they were removed, by person id."""
    asked = {"declaration": declaration_id}
    return {row.id: row.name for query in (_STAFF_NAMES, _FORMER_NAMES) for row in db.execute(query, asked)}


def read_names(db: Reader, person_ids: Collection[int]) -> dict[int, str]:
    return {row.id: row.name for row in db.execute(_NAMES, {"persons": list(person_ids)})}


async def load_names(db: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    return await (await db.connection()).run_sync(read_names, person_ids)
