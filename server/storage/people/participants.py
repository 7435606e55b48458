"""Who takes part in a declaration: adding, changing, removing, and the list of all."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.invitations.invitation import Stage
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS, SIGNATORIES, Role
from server.storage.engine.types import Reader
from server.storage.people.persons import to_person
from server.storage.tables.declarations import FormerParticipantRow, ParticipantRow
from server.storage.tables.invitations import InvitationRow
from server.storage.tables.notices import MailRow
from server.storage.tables.people import MandateRow, MunicipalityRow, PersonRow


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the page of people. `person_id` is None for a shared mailbox, and for who was named there
    and has not accepted yet; `invitation_id` for those who were there before there were invitations.
    `is_undelivered`: the newest mail has come back, or never left."""

    person_id: int | None
    invitation_id: int | None
    name: str
    email: str
    role: Role
    capacity: MandateKind
    municipality: Municipality | None
    title: str
    is_shared: bool
    stage: Stage
    invited_at: datetime | None
    signed_in_at: datetime | None
    is_undelivered: bool = False


async def find_persons(db: AsyncSession, addresses: Collection[str]) -> dict[str, Person]:
    """By address in small letters."""
    query = select(PersonRow).where(func.lower(PersonRow.email).in_(list(addresses)))
    return {row.email.lower(): to_person(row) for row in await db.scalars(query)}


async def append_persons(db: AsyncSession, new: Sequence[tuple[str, str]], now: datetime) -> list[Person]:
    """By address and name."""
    rows = [
        PersonRow(email=email, name=name, handle=secrets.token_bytes(32), created_at=now)
        for email, name in new
    ]
    db.add_all(rows)
    await db.flush()
    return [to_person(row) for row in rows]


async def append_participants(
    db: AsyncSession, declaration_id: int, parts: Iterable[tuple[int, Role, str]]
) -> None:
    """Person, role, official key of the municipality they write for or an empty text."""
    db.add_all(
        ParticipantRow(declaration_id=declaration_id, person_id=person, role=role.value, ags=ags or None)
        for person, role, ags in parts
    )
    await db.flush()


async def list_roles(db: AsyncSession, declaration_id: int, person_id: int) -> frozenset[Role]:
    query = select(ParticipantRow.role).where(*_is(declaration_id, person_id))
    return frozenset(Role(role) for role in await db.scalars(query))


async def belongs_to(db: AsyncSession, declaration_id: int, person_id: int, ags: str) -> bool:
    """Drafts or signs for the municipality in this declaration, or did."""
    drafts = select(ParticipantRow.id).where(*_is(declaration_id, person_id), ParticipantRow.ags == ags)
    signs = select(MandateRow.id).where(
        MandateRow.declaration_id == declaration_id,
        MandateRow.person_id == person_id,
        MandateRow.ags == ags,
    )
    return await db.scalar(drafts.limit(1)) is not None or await db.scalar(signs.limit(1)) is not None


async def count_coordinators(db: AsyncSession, declaration_id: int) -> int:
    query = select(func.count(func.distinct(ParticipantRow.person_id))).where(
        ParticipantRow.declaration_id == declaration_id,
        ParticipantRow.role.in_([role.value for role in COORDINATORS]),
    )
    return int(await db.scalar(query) or 0)


async def remove_participant(db: AsyncSession, declaration_id: int, person_id: int, now: datetime) -> None:
    """All that they are in the declaration. Their mandates in it end now; that they took part is kept."""
    for row in await db.scalars(select(ParticipantRow).where(*_is(declaration_id, person_id))):
        db.add(
            FormerParticipantRow(
                declaration_id=declaration_id,
                person_id=person_id,
                role=row.role,
                ags=row.ags,
                removed_at=now,
            )
        )
    await replace_participant(db, declaration_id, person_id, now)


async def replace_participant(db: AsyncSession, declaration_id: int, person_id: int, now: datetime) -> None:
    """Takes away all that they are; they get something else in the same act."""
    await db.execute(delete(ParticipantRow).where(*_is(declaration_id, person_id)))
    await end_mandates(db, declaration_id, person_id, now)


async def end_mandates(db: AsyncSession, declaration_id: int, person_id: int, now: datetime) -> None:
    """Those in force now or later."""
    still = or_(MandateRow.until.is_(None), MandateRow.until > now)
    await db.execute(
        update(MandateRow)
        .where(MandateRow.declaration_id == declaration_id, MandateRow.person_id == person_id, still)
        .values(until=now)
    )


def _is(declaration_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return ParticipantRow.declaration_id == declaration_id, ParticipantRow.person_id == person_id


_MANDATE: Final = and_(
    MandateRow.declaration_id == ParticipantRow.declaration_id,
    MandateRow.person_id == ParticipantRow.person_id,
    ParticipantRow.role.in_([role.value for role in SIGNATORIES]),
    or_(MandateRow.until.is_(None), MandateRow.until > bindparam("now")),
)
_PARTS: Final = (
    select(
        ParticipantRow.person_id,
        ParticipantRow.role,
        PersonRow.name,
        PersonRow.email,
        PersonRow.signed_in_at,
        MandateRow.kind.label("capacity"),
        MandateRow.title.label("mandate_title"),
        MunicipalityRow.ags,
        MunicipalityRow.name.label("town"),
        MunicipalityRow.kind.label("town_kind"),
        InvitationRow.id.label("invitation_id"),
        InvitationRow.title,
        InvitationRow.invited_at,
        InvitationRow.opened_at,
        InvitationRow.accepted_at,
        MailRow.sent_at,
        MailRow.ended_at,
    )
    .join(PersonRow, PersonRow.id == ParticipantRow.person_id)
    .outerjoin(MandateRow, _MANDATE)
    .outerjoin(
        InvitationRow,
        and_(
            InvitationRow.declaration_id == ParticipantRow.declaration_id,
            InvitationRow.person_id == ParticipantRow.person_id,
        ),
    )
    .outerjoin(MailRow, MailRow.id == InvitationRow.mail_id)
    .outerjoin(
        MunicipalityRow,
        MunicipalityRow.ags == func.coalesce(MandateRow.ags, ParticipantRow.ags, InvitationRow.ags),
    )
    .where(ParticipantRow.declaration_id == bindparam("declaration"))
    .order_by(ParticipantRow.id, MandateRow.id)
)
_WITHOUT_PERSON: Final = (
    select(
        InvitationRow.id,
        InvitationRow.name,
        InvitationRow.email,
        InvitationRow.role,
        InvitationRow.capacity,
        InvitationRow.title,
        InvitationRow.shared,
        InvitationRow.invited_at,
        InvitationRow.opened_at,
        InvitationRow.accepted_at,
        MailRow.sent_at,
        MailRow.ended_at,
        MunicipalityRow.ags,
        MunicipalityRow.name.label("town"),
        MunicipalityRow.kind.label("town_kind"),
    )
    .outerjoin(MailRow, MailRow.id == InvitationRow.mail_id)
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == InvitationRow.ags)
    .where(InvitationRow.declaration_id == bindparam("declaration"), InvitationRow.person_id.is_(None))
    .order_by(InvitationRow.id)
)


def read_participants(db: Reader, declaration_id: int, now: datetime) -> list[Participant]:
    """Everybody who takes part or is asked in, as entered; who signs for two municipalities twice."""
    parts = [
        Participant(
            row.person_id,
            row.invitation_id,
            row.name,
            row.email,
            Role(row.role),
            MandateKind(row.capacity) if row.capacity else MandateKind.MAYOR,
            Municipality(row.ags, row.town, MunicipalityKind(row.town_kind)) if row.ags else None,
            row.mandate_title or row.title or "",
            False,
            _stage(row.invited_at, row.sent_at, row.opened_at, row.accepted_at or row.signed_in_at)
            if row.invitation_id
            else Stage.ACCEPTED,
            row.invited_at,
            row.signed_in_at,
            row.ended_at is not None and not (row.accepted_at or row.signed_in_at),
        )
        for row in db.execute(_PARTS, {"declaration": declaration_id, "now": now})
    ]
    asked = [
        Participant(
            None,
            row.id,
            row.name,
            row.email,
            Role(row.role),
            MandateKind(row.capacity),
            Municipality(row.ags, row.town, MunicipalityKind(row.town_kind)) if row.ags else None,
            row.title,
            row.shared,
            _stage(row.invited_at, row.sent_at, row.opened_at, row.accepted_at),
            row.invited_at,
            None,
            row.ended_at is not None and not row.accepted_at,
        )
        for row in db.execute(_WITHOUT_PERSON, {"declaration": declaration_id})
    ]
    return [*parts, *asked]


def _stage(
    invited_at: datetime | None,
    sent_at: datetime | None,
    opened_at: datetime | None,
    accepted_at: datetime | None,
) -> Stage:
    """The last that was reached. Who has signed in at another door has accepted as well."""
    if accepted_at:
        return Stage.ACCEPTED
    if opened_at:
        return Stage.OPENED
    if sent_at:
        return Stage.SENT
    return Stage.INVITED if invited_at else Stage.LISTED
