"""The register's rows: put in or corrected, and ended by a merger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.municipalities import Municipality, in_protocol_order
from server.domain.people.register_rows import RegisterEntry
from server.storage.engine.types import Reader
from server.storage.people.municipalities import MUNICIPALITY, to_municipality
from server.storage.tables.people import MunicipalityRow


def read_all_names(db: Reader) -> dict[str, str]:
    """By official key, former municipalities too."""
    return {row.ags: row.name for row in db.execute(select(MunicipalityRow.ags, MunicipalityRow.name))}


def read_former(db: Reader) -> list[tuple[Municipality, str]]:
    """With the key of what each has become."""
    query = select(*MUNICIPALITY, MunicipalityRow.successor).where(MunicipalityRow.ended_at.is_not(None))
    found = {to_municipality(row): row.successor or "" for row in db.execute(query)}
    return [(town, found[town]) for town in in_protocol_order(found)]


async def put_entries(db: AsyncSession, entries: Sequence[RegisterEntry]) -> None:
    """A key that is known gets the new name and figures; it keeps the number of inhabitants where the table
    does not say one."""
    keys = [entry.town.ags for entry in entries]
    query = select(MunicipalityRow).where(MunicipalityRow.ags.in_(keys))
    known = {row.ags: row for row in await db.scalars(query)}
    for entry in entries:
        row = known.get(entry.town.ags) or MunicipalityRow(ags=entry.town.ags, postcode="")
        row.name, row.kind = entry.town.name, entry.town.kind.value
        row.latitude, row.longitude = entry.latitude, entry.longitude
        row.district = entry.district or row.district or ""
        row.inhabitants = entry.inhabitants if entry.inhabitants is not None else row.inhabitants
        db.add(row)
    await db.flush()


async def end_entry(db: AsyncSession, ags: str, successor: str, now: datetime) -> bool:
    """False unless both are municipalities of today."""
    today = select(MunicipalityRow.ags).where(
        MunicipalityRow.ags.in_([ags, successor]), MunicipalityRow.ended_at.is_(None)
    )
    if len((await db.scalars(today)).all()) != 2:
        return False
    await db.execute(
        update(MunicipalityRow).where(MunicipalityRow.ags == ags).values(ended_at=now, successor=successor)
    )
    return True
