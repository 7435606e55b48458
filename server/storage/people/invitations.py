"""Invitations. Only the SHA-256 of a link's token is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.people.invitations.invitation import Addressee, Invitation
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.invitations import InvitationRow
from server.storage.tables.people import PersonRow

_UNSENT: Final = (
    select(
        InvitationRow.name,
        InvitationRow.email,
        InvitationRow.role,
        InvitationRow.ags,
        InvitationRow.title,
        InvitationRow.salutation,
        InvitationRow.capacity,
        InvitationRow.shared,
    )
    .where(
        InvitationRow.declaration_id == bindparam("declaration"),
        InvitationRow.invited_at.is_(None),
        InvitationRow.accepted_at.is_(None),
    )
    .order_by(InvitationRow.id)
)


def _addressee_of(row: InvitationRow | Row[*tuple[Any, ...]]) -> Addressee:
    return Addressee(
        name=row.name,
        email=row.email,
        role=Role(row.role),
        ags=row.ags or "",
        title=row.title,
        salutation=row.salutation,
        capacity=MandateKind(row.capacity),
        is_shared=row.shared,
    )


def to_invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        row.id,
        row.declaration_id,
        _addressee_of(row),
        row.person_id,
        row.attempts,
        row.invited_at,
        row.opened_at,
        row.accepted_at,
        row.expires_at,
    )


async def append_invitations(
    db: AsyncSession,
    declaration_id: int,
    addressees: Iterable[tuple[Addressee, int | None]],
    now: datetime,
    *,
    through: int | None = None,
) -> list[Invitation]:
    """Each with the id of the person whose address it is, if they have an account."""
    rows = [
        InvitationRow(
            declaration_id=declaration_id,
            person_id=person_id,
            through_id=through,
            email=addressee.email,
            name=addressee.name,
            salutation=addressee.salutation,
            role=addressee.role.value,
            ags=addressee.ags or None,
            title=addressee.title,
            capacity=addressee.capacity.value,
            shared=addressee.is_shared,
            created_at=now,
        )
        for addressee, person_id in addressees
    ]
    db.add_all(rows)
    await db.flush()
    return [to_invitation(row) for row in rows]


async def find_by_token(db: AsyncSession, token: str) -> Invitation | None:
    query = select(InvitationRow).where(InvitationRow.token_hash == hash_token(token))
    row = await db.scalar(query.execution_options(populate_existing=True))
    return to_invitation(row) if row else None


async def load_invitation(db: AsyncSession, declaration_id: int, invitation_id: int) -> Invitation:
    """Raises NotFound for one of another declaration."""
    row = await db.scalar(
        select(InvitationRow).where(
            InvitationRow.id == invitation_id, InvitationRow.declaration_id == declaration_id
        )
    )
    if row is None:
        raise NotFound(what="invitation")
    return to_invitation(row)


async def find_for_person(db: AsyncSession, declaration_id: int, person_id: int) -> Invitation | None:
    row = await db.scalar(
        select(InvitationRow)
        .where(InvitationRow.declaration_id == declaration_id, InvitationRow.person_id == person_id)
        .order_by(InvitationRow.id.desc())
        .limit(1)
    )
    return to_invitation(row) if row else None


async def list_unsent(db: AsyncSession, declaration_id: int) -> list[Invitation]:
    """Entered, and no mail asked for yet."""
    query = (
        select(InvitationRow)
        .where(
            InvitationRow.declaration_id == declaration_id,
            InvitationRow.invited_at.is_(None),
            InvitationRow.accepted_at.is_(None),
        )
        .order_by(InvitationRow.id)
    )
    return [to_invitation(row) for row in await db.scalars(query)]


async def list_open(db: AsyncSession, declaration_id: int, chosen: Collection[int]) -> list[Invitation]:
    """Those of the chosen that nobody has accepted, in this declaration and no other."""
    query = (
        select(InvitationRow)
        .where(
            InvitationRow.declaration_id == declaration_id,
            InvitationRow.id.in_(list(chosen)),
            InvitationRow.accepted_at.is_(None),
        )
        .order_by(InvitationRow.id)
    )
    return [to_invitation(row) for row in await db.scalars(query)]


def read_unsent(db: Reader, declaration_id: int) -> list[Addressee]:
    """The same, for a page that shows whom they go to."""
    return [_addressee_of(row) for row in db.execute(_UNSENT, {"declaration": declaration_id})]


async def count_through(db: AsyncSession, invitation_id: int) -> int:
    """Who was invited by way of a shared mailbox."""
    query = select(func.count()).where(InvitationRow.through_id == invitation_id)
    return int(await db.scalar(query) or 0)


async def list_taken(db: AsyncSession, declaration_id: int) -> frozenset[str]:
    """Addresses of those who take part or are asked in, in small letters."""
    parts = (
        select(PersonRow.email)
        .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
        .where(ParticipantRow.declaration_id == declaration_id)
    )
    asked = select(InvitationRow.email).where(InvitationRow.declaration_id == declaration_id)
    found = [*await db.scalars(parts), *await db.scalars(asked)]
    return frozenset(address.lower() for address in found)


async def note_sent(
    db: AsyncSession, invitation_id: int, token: str, mail_id: int, now: datetime, expires_at: datetime
) -> None:
    """Older links of it are void, and wrong codes forgotten."""
    await _change(
        db,
        invitation_id,
        token_hash=hash_token(token),
        mail_id=mail_id,
        invited_at=now,
        expires_at=expires_at,
        attempts=0,
    )


async def note_opened(db: AsyncSession, invitation_id: int, now: datetime) -> None:
    await _change(db, invitation_id, opened_at=now)


async def count_attempt(db: AsyncSession, invitation_id: int) -> None:
    await db.execute(
        update(InvitationRow)
        .where(InvitationRow.id == invitation_id)
        .values(attempts=InvitationRow.attempts + 1)
    )


async def accept_invitation(db: AsyncSession, invitation_id: int, person_id: int, now: datetime) -> bool:
    """True for the one request that accepted it first."""
    done = await db.execute(
        update(InvitationRow)
        .where(InvitationRow.id == invitation_id, InvitationRow.accepted_at.is_(None))
        .values(accepted_at=now, person_id=person_id)
        .returning(InvitationRow.id)
    )
    return done.first() is not None


async def delete_invitation(db: AsyncSession, invitation_id: int) -> None:
    """With those that came about by way of it and that nobody has accepted."""
    open_ones = InvitationRow.through_id == invitation_id, InvitationRow.accepted_at.is_(None)
    await db.execute(delete(InvitationRow).where(*open_ones))
    await db.execute(
        update(InvitationRow).where(InvitationRow.through_id == invitation_id).values(through_id=None)
    )
    await db.execute(delete(InvitationRow).where(InvitationRow.id == invitation_id))


async def delete_for_person(db: AsyncSession, declaration_id: int, person_id: int) -> None:
    await db.execute(
        delete(InvitationRow).where(
            InvitationRow.declaration_id == declaration_id, InvitationRow.person_id == person_id
        )
    )


async def _change(db: AsyncSession, invitation_id: int, **values: object) -> None:
    await db.execute(update(InvitationRow).where(InvitationRow.id == invitation_id).values(**values))
