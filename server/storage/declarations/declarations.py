"""Declarations and their phases."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Phase, ensure_transition
from server.domain.errors import NotFound
from server.domain.permissions import Access
from server.storage.declarations.access import read_accesses
from server.storage.engine.types import Reader
from server.storage.people.persons import load_person
from server.storage.tables.declarations import DeclarationRow
from server.storage.to_domain import DECLARATIONS, to_declaration

_SLUG_LOCK: Final = 0x4B52_534C
"""PostgreSQL advisory lock: two who create a declaration of one title choose its address in turn."""
_BEGINNING: Final = select(DeclarationRow.created_at).where(DeclarationRow.id == bindparam("declaration"))


async def load_declaration(db: AsyncSession, slug: str) -> Declaration:
    row = (await db.execute(DECLARATIONS.where(DeclarationRow.slug == slug))).one_or_none()
    if row is None:
        raise NotFound(what="declaration")
    return to_declaration(row)


async def load_by_id(db: AsyncSession, declaration_id: int) -> Declaration:
    row = (await db.execute(DECLARATIONS.where(DeclarationRow.id == declaration_id))).one_or_none()
    if row is None:
        raise NotFound(what="declaration")
    return to_declaration(row)


async def set_contact(db: AsyncSession, declaration_id: int, contact: str) -> None:
    await db.execute(
        update(DeclarationRow).where(DeclarationRow.id == declaration_id).values(contact=contact)
    )


async def list_slugs(db: AsyncSession, beginning: str) -> set[str]:
    """Addresses that are taken, of those that begin so (of a-z, 0-9 and hyphens). Whoever asks has the choice
    to themselves until their transaction ends: SQLite has one writer at a time anyway."""
    if db.get_bind().dialect.name == "postgresql":
        await db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SLUG_LOCK})
    query = select(DeclarationRow.slug).where(DeclarationRow.slug.startswith(beginning))
    return set(await db.scalars(query))


async def list_for(db: AsyncSession, person_id: int, now: datetime) -> list[Access]:
    """What a person takes part in, newest first."""
    return await db.run_sync(read_accesses, await load_person(db, person_id), now)


async def move_to(db: AsyncSession, declaration: Declaration, phase: Phase) -> None:
    """Raises WrongPhase; the row decides, so that of two requests at once only one moves it."""
    ensure_transition(declaration.phase, phase)
    moved = await db.execute(
        update(DeclarationRow)
        .where(DeclarationRow.id == declaration.id, DeclarationRow.phase == declaration.phase.value)
        .values(phase=phase.value)
        .returning(DeclarationRow.id)
    )
    if moved.first() is None:
        raise NotFound(what="declaration")


async def lock(db: AsyncSession, declaration_id: int) -> Declaration:
    """The declaration as it is now, locked until the transaction ends (SQLite's writer lock is global)."""
    query = DECLARATIONS.where(DeclarationRow.id == declaration_id).with_for_update(of=DeclarationRow)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise NotFound(what="declaration")
    return to_declaration(row)


def read_beginning(db: Reader, declaration_id: int) -> datetime:
    """When the declaration was made."""
    return db.execute(_BEGINNING, {"declaration": declaration_id}).scalar_one()
