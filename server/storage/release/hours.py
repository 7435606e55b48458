"""The hour of the public page: what holds, and what one person proposed and another settles."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Phase
from server.domain.release.gate import is_due
from server.domain.release.steps import Proposal, Step
from server.storage.engine.types import Reader
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.people import PersonRow
from server.storage.tables.release import ReleaseProposalRow
from server.storage.to_domain import DECLARATIONS, to_declaration

_PROPOSAL: Final = (
    select(
        ReleaseProposalRow.id,
        ReleaseProposalRow.step,
        ReleaseProposalRow.hour,
        ReleaseProposalRow.proposed_by,
        PersonRow.name,
        ReleaseProposalRow.proposed_at,
    )
    .join(PersonRow, PersonRow.id == ReleaseProposalRow.proposed_by)
    .where(ReleaseProposalRow.declaration_id == bindparam("declaration"), ReleaseProposalRow.outcome == "")
    .order_by(ReleaseProposalRow.id.desc())
    .limit(1)
)
_SEALED: Final = DECLARATIONS.where(
    DeclarationRow.phase == Phase.SEALED.value, DeclarationRow.release_at.is_not(None)
).order_by(DeclarationRow.release_at)


async def set_hour(db: AsyncSession, declaration: Declaration, hour: datetime | None) -> None:
    """The Sperrfrist of the press copy goes along where the two were the same, and never lasts longer than
    the page is closed."""
    values: dict[str, datetime | None] = {"release_at": hour}
    follows = declaration.embargo is not None and declaration.embargo == declaration.release_at
    if hour is not None and declaration.embargo is not None and (follows or declaration.embargo > hour):
        values["embargo"] = hour
    await db.execute(update(DeclarationRow).where(DeclarationRow.id == declaration.id).values(**values))


async def set_confidential(db: AsyncSession, declaration_id: int, confidential: bool) -> None:
    await db.execute(
        update(DeclarationRow).where(DeclarationRow.id == declaration_id).values(confidential=confidential)
    )


async def list_due(db: AsyncSession, now: datetime) -> list[str]:
    """Slugs of those whose hour has come and is not recorded yet, earliest first."""
    waiting = [to_declaration(row) for row in await db.execute(_SEALED)]
    return [declaration.slug for declaration in waiting if is_due(declaration, now)]


async def find_next_hour(db: AsyncSession, now: datetime) -> datetime | None:
    """Of those that are still to come, the earliest."""
    waiting = [to_declaration(row) for row in await db.execute(_SEALED)]
    hours = (each.release_at for each in waiting if not each.confidential)
    return next((hour for hour in hours if hour is not None and hour > now), None)


def read_proposal(db: Reader, declaration_id: int) -> Proposal | None:
    """The one that waits."""
    row = db.execute(_PROPOSAL, {"declaration": declaration_id}).one_or_none()
    return (
        Proposal(row.id, Step(row.step), row.hour, row.proposed_by, row.name, row.proposed_at)
        if row
        else None
    )


async def append_proposal(
    db: AsyncSession, declaration_id: int, step: Step, hour: datetime | None, person_id: int, now: datetime
) -> None:
    """In place of one that waits."""
    await _settle_open(db, declaration_id, "replaced", person_id, now)
    db.add(
        ReleaseProposalRow(
            declaration_id=declaration_id,
            step=step.value,
            hour=hour,
            proposed_by=person_id,
            proposed_at=now,
        )
    )
    await db.flush()


async def settle_proposal(
    db: AsyncSession, declaration_id: int, proposal_id: int, outcome: str, person_id: int, now: datetime
) -> bool:
    """False for one that waits no more."""
    settled = await db.execute(
        update(ReleaseProposalRow)
        .where(
            ReleaseProposalRow.id == proposal_id,
            ReleaseProposalRow.declaration_id == declaration_id,
            ReleaseProposalRow.outcome == "",
        )
        .values(outcome=outcome, settled_by=person_id, settled_at=now)
        .returning(ReleaseProposalRow.id)
    )
    return settled.first() is not None


async def _settle_open(
    db: AsyncSession, declaration_id: int, outcome: str, person_id: int, now: datetime
) -> None:
    await db.execute(
        update(ReleaseProposalRow)
        .where(ReleaseProposalRow.declaration_id == declaration_id, ReleaseProposalRow.outcome == "")
        .values(outcome=outcome, settled_by=person_id, settled_at=now)
    )
