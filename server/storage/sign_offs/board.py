"""Beside the answers: where places lie, whom to ask, who was reminded, what is internal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, or_, select

from server.domain.people.municipalities import MunicipalityKind
from server.domain.people.roles import Role, roles_that
from server.domain.region.tiles import Place
from server.storage.engine.types import Reader
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.notices import ReminderRecipientRow, ReminderRow
from server.storage.tables.people import MandateRow, MunicipalityRow, PersonRow
from server.storage.tables.record import AuditEventRow
from server.storage.tables.sign_offs import SignOffRow, WithdrawalRow

_NEWEST: Final = select(func.max(AuditEventRow.position)).where(
    AuditEventRow.declaration == bindparam("slug")
)
_TOWNS: Final = select(
    MunicipalityRow.ags,
    MunicipalityRow.kind,
    MunicipalityRow.latitude,
    MunicipalityRow.longitude,
    MunicipalityRow.inhabitants,
).where(MunicipalityRow.ags.in_(bindparam("keys", expanding=True)))
_NOTES: Final = select(SignOffRow.id, SignOffRow.note).where(
    SignOffRow.declaration_id == bindparam("declaration"), SignOffRow.note != ""
)
_TAKEN_BACK: Final = (
    select(WithdrawalRow.sign_off_id, WithdrawalRow.at)
    .join(SignOffRow, SignOffRow.id == WithdrawalRow.sign_off_id)
    .where(SignOffRow.declaration_id == bindparam("declaration"))
)
_REMINDED: Final = (
    select(MandateRow.ags, func.max(ReminderRow.created_at).label("at"))
    .join(ReminderRecipientRow, ReminderRecipientRow.person_id == MandateRow.person_id)
    .join(ReminderRow, ReminderRow.id == ReminderRecipientRow.reminder_id)
    .where(
        ReminderRow.declaration_id == bindparam("declaration"),
        MandateRow.declaration_id == ReminderRow.declaration_id,
    )
    .group_by(MandateRow.ags)
)
_SIGNATORIES: Final = (
    select(MandateRow.ags, PersonRow.name, PersonRow.email)
    .join(PersonRow, PersonRow.id == MandateRow.person_id)
    .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
    .where(
        MandateRow.declaration_id == bindparam("declaration"),
        ParticipantRow.declaration_id == MandateRow.declaration_id,
        ParticipantRow.role == Role.SIGNATORY.value,
        or_(MandateRow.until.is_(None), MandateRow.until > bindparam("now")),
    )
    .order_by(MandateRow.id)
)
_OFFICES: Final = (
    select(ParticipantRow.ags, PersonRow.name, PersonRow.email)
    .join(PersonRow, PersonRow.id == ParticipantRow.person_id)
    .where(
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.ags.is_not(None),
        ParticipantRow.role.in_([r.value for r in roles_that(lambda role: role.drafts_for_municipality)]),
    )
    .order_by(ParticipantRow.id)
)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    email: str


def read_newest_position(db: Reader, slug: str) -> int:
    """Of the declaration's entries in the log; -1 without any."""
    found: int | None = db.execute(_NEWEST, {"slug": slug}).scalar_one()
    return -1 if found is None else found


def read_places(db: Reader, keys: Collection[str]) -> tuple[frozenset[Place], dict[str, int]]:
    """Where these municipalities lie, and how many people live there as far as the register knows."""
    rows = db.execute(_TOWNS, {"keys": sorted(keys)}).all()
    major = MunicipalityKind.GROSSE_KREISSTADT.value
    places = frozenset(Place(row.ags, row.latitude, row.longitude, row.kind == major) for row in rows)
    return places, {row.ags: row.inhabitants for row in rows if row.inhabitants is not None}


def read_notes(db: Reader, declaration_id: int) -> dict[int, str]:
    """What only the coordination reads, by the act's id."""
    return {row.id: row.note for row in db.execute(_NOTES, {"declaration": declaration_id})}


def read_taken_back(db: Reader, declaration_id: int) -> dict[int, datetime]:
    """When acts were withdrawn, by their ids."""
    return {row.sign_off_id: row.at for row in db.execute(_TAKEN_BACK, {"declaration": declaration_id})}


def read_reminded(db: Reader, declaration_id: int) -> dict[str, datetime]:
    """When somebody who may answer for a municipality was last reminded, by official key."""
    return {row.ags: row.at for row in db.execute(_REMINDED, {"declaration": declaration_id})}


def read_contacts(db: Reader, declaration_id: int, now: datetime) -> dict[str, tuple[Contact, ...]]:
    """The offices and then those who may answer, by official key."""
    found: dict[str, tuple[Contact, ...]] = {}
    for query in (_OFFICES, _SIGNATORIES):
        for row in db.execute(query, {"declaration": declaration_id, "now": now}):
            ags, contact = str(row.ags), Contact(row.name, row.email)
            if contact not in found.get(ags, ()):
                found[ags] = (*found.get(ags, ()), contact)
    return found
