"""Who takes part in a declaration, as people to be written to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.persons import Person
from server.domain.people.roles import EDITORS, Role
from server.storage.people.municipalities import list_invited
from server.storage.people.persons import to_person
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import PersonRow


async def list_in_roles(db: AsyncSession, declaration_id: int, roles: Collection[Role]) -> list[Person]:
    """Each once, whatever their roles."""
    inside = select(ParticipantRow.person_id).where(
        ParticipantRow.declaration_id == declaration_id,
        ParticipantRow.role.in_([role.value for role in roles]),
    )
    rows = await db.scalars(select(PersonRow).where(PersonRow.id.in_(inside)).order_by(PersonRow.id))
    return [to_person(row) for row in rows]


async def list_staff(db: AsyncSession, declaration_id: int, ags: str) -> list[Person]:
    """Who drafts for that municipality."""
    staff = select(ParticipantRow.person_id).where(
        ParticipantRow.declaration_id == declaration_id,
        ParticipantRow.ags == ags,
        ParticipantRow.role.in_([role.value for role in EDITORS]),
    )
    rows = await db.scalars(select(PersonRow).where(PersonRow.id.in_(staff)).order_by(PersonRow.id))
    return [to_person(row) for row in rows]


async def list_of_municipality(
    db: AsyncSession, declaration_id: int, ags: str, now: datetime
) -> list[Person]:
    """Its staff, and then those who may sign for it now; each once."""
    staff = await list_staff(db, declaration_id, ags)
    signatories = [p for m, p in await list_invited(db, declaration_id, now) if m.municipality.ags == ags]
    return list({person.id: person for person in (*staff, *signatories)}.values())


async def list_all_staff(db: AsyncSession, declaration_id: int) -> list[tuple[Person, str]]:
    """Who drafts for any municipality, and its official key."""
    rows = await db.execute(
        select(PersonRow, ParticipantRow.ags)
        .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
        .where(
            ParticipantRow.declaration_id == declaration_id,
            ParticipantRow.role.in_([role.value for role in EDITORS]),
            ParticipantRow.ags.is_not(None),
        )
        .order_by(PersonRow.id)
    )
    return [(to_person(row), ags) for row, ags in rows if ags is not None]


async def list_by_ids(db: AsyncSession, person_ids: Collection[int]) -> list[Person]:
    rows = await db.scalars(select(PersonRow).where(PersonRow.id.in_(person_ids)).order_by(PersonRow.id))
    return [to_person(row) for row in rows]
