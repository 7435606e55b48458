"""Mandates of one municipality in one declaration: those that are, were and will be."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.people.mandate_terms import HeldMandate, MandateTerms
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.storage.engine.types import Reader
from server.storage.tables.people import MandateRow, MunicipalityRow, PersonRow

_OF_TOWN: Final = (
    select(
        MandateRow.id,
        MandateRow.person_id,
        MandateRow.kind,
        MandateRow.title,
        MandateRow.since,
        MandateRow.until,
        MandateRow.reason,
        MandateRow.rank,
        PersonRow.name,
        MunicipalityRow.ags,
        MunicipalityRow.name.label("town"),
        MunicipalityRow.kind.label("town_kind"),
    )
    .join(PersonRow, PersonRow.id == MandateRow.person_id)
    .join(MunicipalityRow, MunicipalityRow.ags == MandateRow.ags)
    .where(MandateRow.declaration_id == bindparam("declaration"), MandateRow.ags == bindparam("ags"))
    .order_by(MandateRow.kind != MandateKind.MAYOR.value, MandateRow.rank, MandateRow.since, MandateRow.id)
)


def read_held(db: Reader, declaration_id: int, ags: str) -> list[HeldMandate]:
    """The office first, then its deputies by rank. What was ended before it began is left out."""
    rows = db.execute(_OF_TOWN, {"declaration": declaration_id, "ags": ags})
    return [
        HeldMandate(
            Mandate(
                row.id,
                row.person_id,
                Municipality(row.ags, row.town, MunicipalityKind(row.town_kind)),
                MandateKind(row.kind),
                row.title,
                row.since,
                row.until,
                reason=row.reason,
                rank=row.rank,
            ),
            row.name,
        )
        for row in rows
        if row.until is None or row.since < row.until
    ]


def find_town(db: Reader, ags: str) -> Municipality:
    """Raises NotFound for a key that the register does not have."""
    row = db.execute(_TOWN, {"ags": ags}).one_or_none()
    if row is None:
        raise NotFound(what="municipality")
    return Municipality(row.ags, row.name, MunicipalityKind(row.kind))


_TOWN: Final = select(MunicipalityRow.ags, MunicipalityRow.name, MunicipalityRow.kind).where(
    MunicipalityRow.ags == bindparam("ags")
)


async def append_mandate(
    db: AsyncSession, *, declaration_id: int, person_id: int, ags: str, terms: MandateTerms
) -> int:
    """Returns its id."""
    row = MandateRow(
        declaration_id=declaration_id,
        person_id=person_id,
        ags=ags,
        kind=terms.kind.value,
        title=terms.title,
        since=terms.since,
        until=terms.until,
        reason=terms.reason,
        rank=terms.rank,
    )
    db.add(row)
    await db.flush()
    return row.id


async def change_mandate(db: AsyncSession, mandate_id: int, terms: MandateTerms) -> None:
    """Its kind and who holds it stay."""
    values = {
        "title": terms.title,
        "since": terms.since,
        "until": terms.until,
        "reason": terms.reason,
        "rank": terms.rank,
    }
    await db.execute(update(MandateRow).where(MandateRow.id == mandate_id).values(**values))


async def end_mandate(db: AsyncSession, mandate_id: int, now: datetime, reason: str) -> None:
    """`reason` in place of the former one, if there is one."""
    values: dict[str, object] = {"until": now}
    if reason:
        values["reason"] = reason
    await db.execute(update(MandateRow).where(MandateRow.id == mandate_id).values(**values))
