"""Load and authorise in one step: no handler holds an unchecked declaration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Phase
from server.domain.errors import NotAllowed, NotFound, WrongPhase
from server.domain.people.mandate_errors import NoMandate
from server.domain.people.mandates import Mandate
from server.domain.people.persons import Person
from server.domain.people.roles import SIGNATORIES, Role
from server.domain.permissions import Access, can_see, can_sign
from server.domain.release.gate import as_of
from server.domain.release.steps import Confidential
from server.storage.engine.types import Reader
from server.storage.people.municipalities import MUNICIPALITY, read_mandates, to_municipality
from server.storage.tables.declarations import DeclarationRow, ParticipantRow
from server.storage.tables.people import MunicipalityRow
from server.storage.to_domain import DECLARATIONS, to_declaration

# Asked at every request: made once.
_DECLARATION: Final = DECLARATIONS.where(DeclarationRow.slug == bindparam("slug"))
_LOCKED: Final = _DECLARATION.with_for_update(of=DeclarationRow)
_PARTS: Final = (
    select(ParticipantRow.role, *MUNICIPALITY)
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == ParticipantRow.ags)
    .where(
        ParticipantRow.declaration_id == bindparam("declaration"),
        ParticipantRow.person_id == bindparam("person"),
    )
)

_OF_PERSON: Final = (
    DECLARATIONS.add_columns(ParticipantRow.role, *MUNICIPALITY)
    .join(ParticipantRow, ParticipantRow.declaration_id == DeclarationRow.id)
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == ParticipantRow.ags)
    .where(ParticipantRow.person_id == bindparam("person"))
    .order_by(DeclarationRow.id.desc(), ParticipantRow.id)
)
_SOME_OF_PERSON: Final = _OF_PERSON.where(DeclarationRow.id.in_(bindparam("declarations", expanding=True)))


async def access_declaration(
    db: AsyncSession,
    person: Person,
    slug: str,
    may: Callable[[Access], bool],
    now: datetime,
) -> Access:
    """Raises NotFound for who may not know of it, NotAllowed for who may not do this."""
    return await db.run_sync(read_access, person, slug, may, now)


async def access_locked(
    db: AsyncSession, person: Person, slug: str, may: Callable[[Access], bool], clock: Callable[[], datetime]
) -> Access:
    """Likewise, and holds the declaration's row until the transaction ends. The clock is asked once the row
    is held: an hour may have come while one waited for it."""

    def read(db: Reader) -> Access:
        row = db.execute(_LOCKED, {"slug": slug}).one_or_none()
        return _authorised(db, row, person, may, clock())

    return await db.run_sync(read)


def read_access(
    db: Reader,
    person: Person,
    slug: str,
    may: Callable[[Access], bool],
    now: datetime,
) -> Access:
    """Blocking variant of `access_declaration`."""
    row = db.execute(_DECLARATION, {"slug": slug}).one_or_none()
    return _authorised(db, row, person, may, now)


def _authorised(
    db: Reader,
    row: Row[*tuple[Any, ...]] | None,
    person: Person,
    may: Callable[[Access], bool],
    now: datetime,
) -> Access:
    if row is None:
        raise NotFound(what="declaration")
    access = find_access(db, person, as_of(to_declaration(row), now), now)
    if not can_see(access):
        raise NotFound(what="declaration")
    if not may(access):
        raise _refusal(access, may)
    return access


def find_access(db: Reader, person: Person, declaration: Declaration, now: datetime) -> Access:
    """What a person is in a declaration; without any role for a stranger."""
    parts = db.execute(_PARTS, {"declaration": declaration.id, "person": person.id}).all()
    return _to_access(person, declaration, parts, read_mandates(db, person.id, now).get(declaration.id, ()))


def read_accesses(db: Reader, person: Person, now: datetime) -> list[Access]:
    """To all that a person takes part in, newest first."""
    return _group(db, person, db.execute(_OF_PERSON, {"person": person.id}).all(), now)


def read_some_accesses(
    db: Reader, person: Person, declaration_ids: Sequence[int], now: datetime
) -> list[Access]:
    """To those of these that the person takes part in, newest first."""
    asked = {"person": person.id, "declarations": list(declaration_ids)}
    return _group(db, person, db.execute(_SOME_OF_PERSON, asked).all(), now)


def _group(db: Reader, person: Person, rows: Sequence[Row[*tuple[Any, ...]]], now: datetime) -> list[Access]:
    mandates = read_mandates(db, person.id, now) if rows else {}
    grouped = (list(parts) for _, parts in groupby(rows, key=lambda row: row.id))
    return [
        _to_access(person, as_of(to_declaration(parts[0]), now), parts, mandates.get(parts[0].id, ()))
        for parts in grouped
    ]


def _to_access(
    person: Person,
    declaration: Declaration,
    parts: Sequence[Row[*tuple[Any, ...]]],
    mandates: tuple[Mandate, ...],
) -> Access:
    roles = frozenset(Role(part.role) for part in parts)
    town = next((to_municipality(part) for part in parts if part.ags), None)
    return Access(person, declaration, roles, town, mandates)


def _refusal(access: Access, may: Callable[[Access], bool]) -> NotAllowed | WrongPhase | Confidential:
    """Would it be allowed in another phase? Then that is what to say."""
    for phase in Phase:
        if may(replace(access, declaration=replace(access.declaration, phase=phase))):
            return WrongPhase(phase=access.phase.value)
    if may(replace(access, declaration=replace(access.declaration, confidential=False))):
        return Confidential()
    if may is can_sign and access.has(SIGNATORIES):
        return NoMandate()
    return NotAllowed()
