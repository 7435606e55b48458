"""Writing what a declaration starts with: region, people, roles, first text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.storage.tables.declarations import DeclarationRow, ParticipantRow
from server.storage.tables.people import MandateRow, MunicipalityRow, PersonRow
from server.storage.text.texts import append_text

REGION: Final = Path(__file__).parents[2] / "data" / "ortenaukreis.json"


async def add_municipalities(db: AsyncSession, path: Path = REGION) -> None:
    """Those of the region's file that are not there yet."""
    there = set(await db.scalars(select(MunicipalityRow.ags)))
    for row in _read(path):
        if row["ags"] not in there:
            db.add(MunicipalityRow(**row))
    await db.flush()


def _read(path: Path) -> Sequence[Mapping[str, object]]:
    rows: Sequence[Mapping[str, object]] = json.loads(path.read_text(encoding="utf-8"))["municipalities"]
    return rows


async def add_person(
    db: AsyncSession, *, email: str, name: str, handle: bytes, now: datetime, may_create: bool = False
) -> int:
    """`handle`: 32 random bytes. Returns the person's id."""
    row = PersonRow(email=email, name=name, handle=handle, created_at=now, may_create=may_create)
    db.add(row)
    await db.flush()
    return row.id


async def add_mandate(
    db: AsyncSession,
    *,
    declaration_id: int,
    person_id: int,
    ags: str,
    kind: MandateKind,
    title: str,
    since: datetime,
) -> int:
    row = MandateRow(
        declaration_id=declaration_id,
        person_id=person_id,
        ags=ags,
        kind=kind.value,
        title=title,
        since=since,
        until=None,
    )
    db.add(row)
    await db.flush()
    return row.id


async def add_declaration(
    db: AsyncSession,
    *,
    slug: str,
    title: str,
    issuer: str,
    deadline: datetime | None,
    embargo: datetime | None,
    now: datetime,
) -> Declaration:
    """With its original text, which is empty."""
    row = DeclarationRow(
        slug=slug,
        title=title,
        issuer=issuer,
        phase=Phase.DRAFTING.value,
        deadline=deadline,
        embargo=embargo,
        created_at=now,
    )
    db.add(row)
    await db.flush()
    original = await append_text(db, row.id, now)
    return Declaration(row.id, slug, title, Phase.DRAFTING, issuer, deadline, embargo, original.id)


async def add_participant(
    db: AsyncSession, *, declaration_id: int, person_id: int, role: Role, ags: str | None = None
) -> None:
    db.add(ParticipantRow(declaration_id=declaration_id, person_id=person_id, role=role.value, ags=ags))
    await db.flush()
