"""Municipalities and the persons who may bind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Row, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.mandates import Mandate, MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.people.persons import Person
from server.domain.people.roles import SIGNATORIES
from server.storage.engine.types import Reader
from server.storage.people.persons import to_person
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import MandateRow, MunicipalityRow, PersonRow

MUNICIPALITY: Final = (MunicipalityRow.ags, MunicipalityRow.name, MunicipalityRow.kind)
"""The columns of which a `Municipality` is made."""

_MANDATE: Final = (
    MandateRow.id,
    MandateRow.kind.label("mandate_kind"),
    MandateRow.title,
    MandateRow.since,
    MandateRow.until,
    MandateRow.reason,
    MandateRow.rank,
)

_MANDATES: Final = (
    select(
        *MUNICIPALITY,
        MandateRow.declaration_id,
        MandateRow.person_id,
        *_MANDATE,
    )
    .join(MandateRow, MandateRow.ags == MunicipalityRow.ags)
    .where(MandateRow.person_id == bindparam("person"))
    .order_by(MandateRow.id)
)


_NAMES: Final = select(MunicipalityRow.ags, MunicipalityRow.name).where(
    MunicipalityRow.ags.in_(bindparam("keys", expanding=True))
)
_INHABITANTS: Final = select(MunicipalityRow.ags, MunicipalityRow.inhabitants).where(
    MunicipalityRow.ags.in_(bindparam("keys", expanding=True)), MunicipalityRow.inhabitants.is_not(None)
)
_SIGNATORIES: Final = (
    select(ParticipantRow.declaration_id, *MUNICIPALITY, PersonRow.name.label("person"), MandateRow.title)
    .join(MandateRow, MandateRow.ags == MunicipalityRow.ags)
    .join(PersonRow, PersonRow.id == MandateRow.person_id)
    .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
    .where(
        MandateRow.declaration_id == ParticipantRow.declaration_id,
        ParticipantRow.declaration_id.in_(bindparam("declarations", expanding=True)),
        ParticipantRow.role.in_([role.value for role in SIGNATORIES]),
        MandateRow.since <= bindparam("now"),
        or_(MandateRow.until.is_(None), MandateRow.until > bindparam("now")),
    )
    .order_by(MandateRow.kind != MandateKind.MAYOR.value, MandateRow.rank, MandateRow.id)
)


_HOLDERS: Final = (
    select(
        *MUNICIPALITY,
        MandateRow.person_id,
        *_MANDATE,
        PersonRow.name.label("person"),
    )
    .join(MandateRow, MandateRow.ags == MunicipalityRow.ags)
    .join(PersonRow, PersonRow.id == MandateRow.person_id)
    .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
    .where(
        MandateRow.declaration_id == bindparam("declaration"),
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.role.in_([role.value for role in SIGNATORIES]),
    )
)
T = TypeVar("T")


def _mandate_of(row: Row[*tuple[Any, ...]]) -> Mandate:
    return Mandate(
        row.id,
        row.person_id,
        to_municipality(row),
        MandateKind(row.mandate_kind),
        row.title,
        row.since,
        row.until,
        reason=row.reason,
        rank=row.rank,
    )


def to_municipality(row: MunicipalityRow | Row[*tuple[Any, ...]]) -> Municipality:
    return Municipality(row.ags, row.name, MunicipalityKind(row.kind))


def to_mandate(row: MandateRow, town: MunicipalityRow) -> Mandate:
    return Mandate(
        row.id,
        row.person_id,
        to_municipality(town),
        MandateKind(row.kind),
        row.title,
        row.since,
        row.until,
        reason=row.reason,
        rank=row.rank,
    )


def read_names(db: Reader, keys: Collection[str]) -> dict[str, str]:
    """Names of municipalities by their official keys."""
    return {row.ags: row.name for row in db.execute(_NAMES, {"keys": list(keys)})}


def read_towns(db: Reader, keys: Collection[str]) -> list[Municipality]:
    """Those with these official keys, in the document's order, also such as have ended since."""
    query = select(*MUNICIPALITY).where(MunicipalityRow.ags.in_(keys))
    return in_protocol_order(to_municipality(row) for row in db.execute(query))


def read_inhabitants(db: Reader, towns: Iterable[Municipality]) -> dict[str, int]:
    """By official key, as far as the register knows."""
    keys = [town.ags for town in towns]
    return {row.ags: row.inhabitants for row in db.execute(_INHABITANTS, {"keys": keys})}


def read_municipalities(db: Reader) -> list[Municipality]:
    """All that there are today, in the document's order."""
    query = select(*MUNICIPALITY).where(MunicipalityRow.ended_at.is_(None))
    return in_protocol_order(to_municipality(row) for row in db.execute(query))


def read_mandates(db: Reader, person_id: int, now: datetime) -> dict[int, tuple[Mandate, ...]]:
    """The mandates a person holds now, by declaration; none where there are none."""
    held: dict[int, tuple[Mandate, ...]] = {}
    for row in db.execute(_MANDATES, {"person": person_id}):
        mandate = _mandate_of(row)
        if mandate.holds(now):
            held[row.declaration_id] = (*held.get(row.declaration_id, ()), mandate)
    return held


def read_signatories(
    db: Reader, declaration_ids: Collection[int], now: datetime
) -> dict[int, list[Signatory]]:
    """Everyone who may sign now, by declaration; mayors before deputies."""
    signatories: dict[int, list[Signatory]] = {declaration: [] for declaration in declaration_ids}
    rows = db.execute(_SIGNATORIES, {"declarations": list(declaration_ids), "now": now}).all()
    for declaration, ags, town, kind, name, title in rows:
        municipality = Municipality(ags, town, MunicipalityKind(kind))
        signatories[declaration].append(Signatory(municipality, name, title))
    return signatories


def read_holders(db: Reader, declaration_id: int, now: datetime) -> list[tuple[Mandate, str]]:
    """Everyone who may sign a declaration now, with their names; in the order of `list_invited`."""
    found = [(_mandate_of(row), row.person) for row in db.execute(_HOLDERS, {"declaration": declaration_id})]
    return _ordered((mandate, name) for mandate, name in found if mandate.holds(now))


async def list_invited(db: AsyncSession, declaration_id: int, now: datetime) -> list[tuple[Mandate, Person]]:
    """Everyone who may sign a declaration, in the document's order; the mayor before the deputies."""
    query = (
        select(MandateRow, MunicipalityRow, PersonRow)
        .join(MunicipalityRow, MunicipalityRow.ags == MandateRow.ags)
        .join(PersonRow, PersonRow.id == MandateRow.person_id)
        .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
        .where(
            MandateRow.declaration_id == declaration_id,
            ParticipantRow.declaration_id == declaration_id,
            ParticipantRow.role.in_([role.value for role in SIGNATORIES]),
        )
    )
    rows = await db.execute(query)
    invited = [(to_mandate(row, town), to_person(person)) for row, town, person in rows]
    return _ordered((m, p) for m, p in invited if m.holds(now))


def _ordered(invited: Iterable[tuple[Mandate, T]]) -> list[tuple[Mandate, T]]:
    pairs = list(invited)
    place = {m.ags: i for i, m in enumerate(in_protocol_order({m.municipality for m, _ in pairs}))}
    return sorted(
        pairs,
        key=lambda pair: (
            place[pair[0].municipality.ags],
            pair[0].kind is not MandateKind.MAYOR,
            pair[0].rank,
            pair[0].id,
        ),
    )
