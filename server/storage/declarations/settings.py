"""What the coordination set for a declaration, and what it was before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.municipalities import Municipality, in_protocol_order
from server.domain.people.roles import SIGNATORIES
from server.domain.terms.quorum import rule_text
from server.domain.terms.settings import (
    Asked,
    Change,
    Deadline,
    Embargo,
    Languages,
    Offices,
    PlaceAndDay,
    Quorum,
    Release,
    Section,
    Setting,
    TitleAndIssuer,
    Ways,
)
from server.storage.engine.types import Reader
from server.storage.people.municipalities import MUNICIPALITY, to_municipality
from server.storage.tables.declarations import AskedRow, DeclarationRow, ParticipantRow, SettingChangeRow
from server.storage.tables.people import MandateRow, MunicipalityRow, PersonRow
from server.storage.to_domain import from_levels

_ASKED: Final = (
    select(*MUNICIPALITY)
    .join(AskedRow, AskedRow.ags == MunicipalityRow.ags)
    .where(AskedRow.declaration_id == bindparam("declaration"))
)
_INVITED: Final = (
    select(*MUNICIPALITY)
    .join(MandateRow, MandateRow.ags == MunicipalityRow.ags)
    .join(ParticipantRow, ParticipantRow.person_id == MandateRow.person_id)
    .where(
        MandateRow.declaration_id == ParticipantRow.declaration_id,
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.role.in_([role.value for role in SIGNATORIES]),
        or_(MandateRow.until.is_(None), MandateRow.until > bindparam("now")),
    )
    .distinct()
)
_REGISTER: Final = select(*MUNICIPALITY).where(MunicipalityRow.ended_at.is_(None))
_CHANGES: Final = (
    select(
        SettingChangeRow.section,
        PersonRow.name,
        SettingChangeRow.changed_at,
        SettingChangeRow.before,
        SettingChangeRow.after,
    )
    .join(PersonRow, PersonRow.id == SettingChangeRow.person_id)
    .where(SettingChangeRow.declaration_id == bindparam("declaration"))
    .order_by(SettingChangeRow.id.desc())
    .limit(bindparam("limit"))
)
MAX_CHANGES: Final = 200
"""Shown at once; all are kept."""


def read_register(db: Reader) -> list[Municipality]:
    """All municipalities that can be asked, in the document's order."""
    return in_protocol_order(to_municipality(row) for row in db.execute(_REGISTER))


def read_asked(db: Reader, declaration_id: int, now: datetime) -> list[Municipality]:
    """Those that were chosen, and those that somebody is invited to sign for, in the document's order."""
    chosen = (to_municipality(row) for row in db.execute(_ASKED, {"declaration": declaration_id}))
    return in_protocol_order({*chosen, *read_invited(db, declaration_id, now)})


def read_invited(db: Reader, declaration_id: int, now: datetime) -> set[Municipality]:
    """Those that somebody is invited to sign for."""
    return {to_municipality(row) for row in db.execute(_INVITED, {"declaration": declaration_id, "now": now})}


def read_changes(db: Reader, declaration_id: int) -> list[Change]:
    """Newest first."""
    rows = db.execute(_CHANGES, {"declaration": declaration_id, "limit": MAX_CHANGES}).all()
    return [
        Change(section, by, at, before, after)
        for name, by, at, before, after in rows
        if (section := Section.named(name)) is not None
    ]


async def set_asked(db: AsyncSession, declaration_id: int, keys: Collection[str]) -> None:
    """These instead of those chosen before."""
    await db.execute(delete(AskedRow).where(AskedRow.declaration_id == declaration_id))
    if keys:
        await db.execute(
            insert(AskedRow), [{"declaration_id": declaration_id, "ags": ags} for ags in sorted(keys)]
        )


async def change_setting(db: AsyncSession, declaration_id: int, setting: Setting) -> None:
    if isinstance(setting, Asked):
        await set_asked(db, declaration_id, setting.keys)
    else:
        values = _columns(setting)
        await db.execute(update(DeclarationRow).where(DeclarationRow.id == declaration_id).values(**values))


def _columns(
    setting: TitleAndIssuer
    | PlaceAndDay
    | Deadline
    | Embargo
    | Release
    | Offices
    | Quorum
    | Ways
    | Languages,
) -> Mapping[str, object]:
    values: Mapping[str, object]
    match setting:
        case TitleAndIssuer(title, issuer):
            values = {"title": title, "issuer": issuer}
        case PlaceAndDay(place, day):
            values = {"place": place, "day": day}
        case Deadline(at):
            values = {"deadline": at}
        case Embargo(at):
            values = {"embargo": at}
        case Release(at, four_eyes):
            values = {"release_at": at, "four_eyes": four_eyes}
        case Offices(may_invite):
            values = {"offices_invite": may_invite}
        case Quorum(rule):
            values = {"quorum": rule_text(rule)}
        case Ways(levels):
            values = {"levels": from_levels(levels)}
        case Languages(languages):
            values = {"languages": " ".join(languages)}
    return values


async def append_change(
    db: AsyncSession, declaration_id: int, person_id: int, before: Setting, after: Setting, now: datetime
) -> None:
    db.add(
        SettingChangeRow(
            declaration_id=declaration_id,
            person_id=person_id,
            section=after.section.value,
            before=before.to_json(),
            after=after.to_json(),
            changed_at=now,
        )
    )
    await db.flush()


async def set_archived(db: AsyncSession, declaration_id: int, at: datetime | None) -> None:
    await db.execute(update(DeclarationRow).where(DeclarationRow.id == declaration_id).values(archived_at=at))


async def set_retracted(db: AsyncSession, declaration_id: int, at: datetime) -> None:
    """It was public, and is withdrawn from then on."""
    await db.execute(
        update(DeclarationRow).where(DeclarationRow.id == declaration_id).values(retracted_at=at)
    )


async def set_withdrawal(db: AsyncSession, declaration_id: int, reason: str) -> None:
    await db.execute(
        update(DeclarationRow).where(DeclarationRow.id == declaration_id).values(withdrawal=reason)
    )
