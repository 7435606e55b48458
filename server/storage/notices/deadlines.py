"""Which deadlines are near, and which of them were announced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.audit import Tag
from server.domain.declarations import Declaration, Phase
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.notices import DeadlineNoticeRow
from server.storage.tables.record import AuditEventRow
from server.storage.to_domain import DECLARATIONS, to_declaration


async def list_ahead(db: AsyncSession, now: datetime, until: datetime) -> list[Declaration]:
    """Declarations to be signed whose deadline lies between the two."""
    query = DECLARATIONS.where(
        DeclarationRow.phase == Phase.SIGNING.value,
        DeclarationRow.deadline > now,
        DeclarationRow.deadline <= until,
    ).order_by(DeclarationRow.id)
    return [to_declaration(row) for row in await db.execute(query)]


async def signing_since(db: AsyncSession, slug: str) -> datetime | None:
    """When the text was fixed last."""
    query = (
        select(AuditEventRow.at)
        .where(AuditEventRow.declaration == slug, AuditEventRow.tag == Tag.TEXT_FREEZE.value)
        .order_by(AuditEventRow.position.desc())
        .limit(1)
    )
    found: datetime | None = await db.scalar(query)
    return found


async def note_announced(db: AsyncSession, declaration_id: int, deadline: datetime, days: int) -> bool:
    """False when somebody else has announced it already. Of two at once the second waits for the first."""
    dialect = db.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    done = await db.execute(
        make(DeadlineNoticeRow)
        .values(declaration_id=declaration_id, deadline=deadline, days=days)
        .on_conflict_do_nothing()
        .returning(DeadlineNoticeRow.days)
    )
    return done.first() is not None
