"""Yearly reports: what offices have filled in, and the editions that were published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.mandates import MandateKind
from server.domain.people.roles import SIGNATORIES, roles_that
from server.domain.release.reports import Edition, Progress, ReportEntry, Reporter
from server.storage.engine.types import Reader
from server.storage.people.persons import to_person
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import MandateRow, PersonRow
from server.storage.tables.release import ReportEditionRow, ReportEntryRow

_ENTRIES: Final = (
    select(ReportEntryRow.ags, ReportEntryRow.clause, ReportEntryRow.progress, ReportEntryRow.note)
    .where(
        ReportEntryRow.declaration_id == bindparam("declaration"), ReportEntryRow.year == bindparam("year")
    )
    .order_by(ReportEntryRow.ags, ReportEntryRow.clause)
)
_EDITIONS: Final = (
    select(ReportEditionRow.year, ReportEditionRow.published_at, ReportEditionRow.entries)
    .where(ReportEditionRow.declaration_id == bindparam("declaration"))
    .order_by(ReportEditionRow.id)
)

_PERSON: Final = (
    PersonRow.id, PersonRow.email, PersonRow.name, PersonRow.language, PersonRow.may_create,
)  # fmt: skip
_OFFICES: Final = (
    select(ParticipantRow.ags, *_PERSON)
    .join(PersonRow, PersonRow.id == ParticipantRow.person_id)
    .where(
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.ags.is_not(None),
        ParticipantRow.role.in_(
            [role.value for role in roles_that(lambda each: each.drafts_for_municipality)]
        ),
    )
    .order_by(ParticipantRow.id)
)
_MAYORS: Final = (
    select(MandateRow.ags, *_PERSON)
    .join(PersonRow, PersonRow.id == MandateRow.person_id)
    .join(ParticipantRow, ParticipantRow.person_id == MandateRow.person_id)
    .where(
        MandateRow.declaration_id == bindparam("declaration"),
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.role.in_([role.value for role in SIGNATORIES]),
        MandateRow.kind == MandateKind.MAYOR.value,
        MandateRow.since <= bindparam("now"),
        or_(MandateRow.until.is_(None), MandateRow.until > bindparam("now")),
    )
    .order_by(MandateRow.id)
)


def read_entries(db: Reader, declaration_id: int, year: int) -> list[ReportEntry]:
    rows = db.execute(_ENTRIES, {"declaration": declaration_id, "year": year})
    return [ReportEntry(row.ags, row.clause, Progress(row.progress), row.note) for row in rows]


def read_editions(db: Reader, declaration_id: int) -> list[Edition]:
    """In the order of their publication."""
    return [
        Edition(row.year, row.published_at, _entries(row.entries))
        for row in db.execute(_EDITIONS, {"declaration": declaration_id})
    ]


def _entries(stored: str) -> tuple[ReportEntry, ...]:
    return tuple(
        ReportEntry(each["ags"], each["clause"], Progress(each["progress"]), each["note"])
        for each in json.loads(stored)
    )


def read_reporters(db: Reader, declaration_id: int, now: datetime) -> list[Reporter]:
    """Everybody who may fill in for a municipality: offices, and mayors whose mandate holds now."""
    offices = db.execute(_OFFICES, {"declaration": declaration_id})
    mayors = db.execute(_MAYORS, {"declaration": declaration_id, "now": now})
    return [Reporter(row.ags, to_person(row), is_office=True) for row in offices] + [
        Reporter(row.ags, to_person(row), is_office=False) for row in mayors
    ]


async def save_entries(
    db: AsyncSession,
    declaration_id: int,
    year: int,
    ags: str,
    entries: Sequence[ReportEntry],
    person_id: int,
    now: datetime,
) -> None:
    """All that the municipality says about that year: what stood there before is replaced."""
    await db.execute(
        delete(ReportEntryRow).where(
            ReportEntryRow.declaration_id == declaration_id,
            ReportEntryRow.year == year,
            ReportEntryRow.ags == ags,
        )
    )
    db.add_all(
        ReportEntryRow(
            declaration_id=declaration_id,
            year=year,
            ags=ags,
            clause=each.clause,
            progress=each.progress.value,
            note=each.note,
            person_id=person_id,
            written_at=now,
        )
        for each in entries
    )
    await db.flush()


async def append_edition(db: AsyncSession, declaration_id: int, edition: Edition, person_id: int) -> None:
    db.add(
        ReportEditionRow(
            declaration_id=declaration_id,
            year=edition.year,
            entries=json.dumps([each.to_json() for each in edition.entries], ensure_ascii=False),
            published_by=person_id,
            published_at=edition.published_at,
        )
    )
    await db.flush()
