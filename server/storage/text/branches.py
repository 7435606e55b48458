"""Branches of texts, and the batches that they became."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.text.branches.branches import Branch, BranchState
from server.domain.text.texts import TextKind
from server.storage.engine.types import Reader
from server.storage.tables.people import MunicipalityRow, PersonRow
from server.storage.tables.text import BranchRow, TextRow, UpdateBaseRow, UpdateRow, VisitRow, WriterRow
from server.storage.text import texts

_BRANCHES: Final = (
    select(
        BranchRow.id,
        BranchRow.declaration_id,
        BranchRow.name,
        BranchRow.state,
        BranchRow.person_id,
        PersonRow.name.label("person"),
        BranchRow.ags,
        MunicipalityRow.name.label("office"),
        BranchRow.created_at,
        BranchRow.note,
        BranchRow.proposals,
        BranchRow.shared_at,
        BranchRow.discarded_at,
    )
    .join(PersonRow, PersonRow.id == BranchRow.person_id)
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == BranchRow.ags)
    .where(BranchRow.declaration_id == bindparam("declaration"))
    .order_by(BranchRow.id)
)
_ONE: Final = _BRANCHES.where(BranchRow.id == bindparam("branch"))
_KEPT: Final = select(BranchRow.proposals).where(
    BranchRow.declaration_id == bindparam("declaration"), BranchRow.state == BranchState.KEPT.value
)


def read_branches(db: Reader, declaration_id: int) -> list[Branch]:
    """All of a declaration, the oldest first. Whose they are is for the caller to look at."""
    return [_to_branch(row) for row in db.execute(_BRANCHES, {"declaration": declaration_id})]


def read_branch(db: Reader, declaration_id: int, branch_id: int) -> Branch:
    """Raises NotFound."""
    row = db.execute(_ONE, {"declaration": declaration_id, "branch": branch_id}).one_or_none()
    if row is None:
        raise NotFound(what="branch")
    return _to_branch(row)


def read_put_off(db: Reader, declaration_id: int) -> frozenset[str]:
    """Ids of the suggestions that wait for the next round."""
    found = db.execute(_KEPT, {"declaration": declaration_id})
    return frozenset(proposal for (proposals,) in found for proposal in proposals.split())


async def load_branches(db: AsyncSession, declaration_id: int) -> list[Branch]:
    return await (await db.connection()).run_sync(read_branches, declaration_id)


async def load_branch(db: AsyncSession, declaration_id: int, branch_id: int) -> Branch:
    """Raises NotFound."""
    return await (await db.connection()).run_sync(read_branch, declaration_id, branch_id)


async def load_put_off(db: AsyncSession, declaration_id: int) -> frozenset[str]:
    return await (await db.connection()).run_sync(read_put_off, declaration_id)


async def list_own_private(db: AsyncSession, person_id: int) -> list[tuple[int, int]]:
    """Branches that somebody prepares alone and has not shared, each with its original."""
    query = (
        select(BranchRow.id, TextRow.parent_id)
        .join(TextRow, TextRow.id == BranchRow.id)
        .where(BranchRow.person_id == person_id, BranchRow.ags.is_(None), TextRow.parent_id.is_not(None))
        .order_by(BranchRow.id)
    )
    return [(branch, original or 0) for branch, original in await db.execute(query)]


async def append_branch(
    db: AsyncSession,
    declaration_id: int,
    original_id: int,
    person_id: int,
    ags: str | None,
    name: str,
    now: datetime,
) -> int:
    """With a text of its own, which is empty: it shows the original's words and its own. Returns its id."""
    text = await texts.append_text(db, declaration_id, now, kind=TextKind.BRANCH, parent_id=original_id)
    row = BranchRow(id=text.id, declaration_id=declaration_id, person_id=person_id, ags=ags, name=name)
    row.state, row.created_at = BranchState.PRIVATE.value, now
    db.add(row)
    await db.flush()
    return text.id


async def mark_shared(
    db: AsyncSession, branch_id: int, note: str, proposals: Sequence[str], person_id: int, now: datetime
) -> None:
    """Its text goes, and with it what was written there and taken back."""
    await _set(
        db,
        branch_id,
        state=BranchState.SHARED.value,
        note=note,
        proposals=" ".join(proposals),
        shared_by=person_id,
        shared_at=now,
    )
    await _drop_text(db, [branch_id])


async def mark_put_off(
    db: AsyncSession, branch_id: int, state: BranchState, person_id: int, now: datetime
) -> None:
    await _set(db, branch_id, state=state.value, settled_by=person_id, settled_at=now)


async def mark_discarded(db: AsyncSession, branch_id: int, now: datetime | None) -> None:
    """`now` None: it is taken back."""
    state = BranchState.PRIVATE if now is None else BranchState.DISCARDED
    await _set(db, branch_id, state=state.value, discarded_at=now)


async def _set(db: AsyncSession, branch_id: int, **values: object) -> None:
    await db.execute(update(BranchRow).where(BranchRow.id == branch_id).values(**values))


async def drop_discarded(db: AsyncSession, until: datetime) -> int:
    """Those that were discarded before; how many."""
    rows = await db.scalars(select(BranchRow.id).where(BranchRow.discarded_at < until))
    return await _drop(db, rows.all())


async def drop_private(db: AsyncSession, person_id: int) -> int:
    """What somebody prepared alone and nobody has seen. An office's branches stay the office's."""
    unseen = [BranchState.PRIVATE.value, BranchState.DISCARDED.value]
    rows = await db.scalars(
        select(BranchRow.id).where(
            BranchRow.person_id == person_id, BranchRow.ags.is_(None), BranchRow.state.in_(unseen)
        )
    )
    return await _drop(db, rows.all())


async def _drop(db: AsyncSession, ids: Sequence[int]) -> int:
    if ids:
        await db.execute(delete(BranchRow).where(BranchRow.id.in_(ids)))
        await _drop_text(db, ids)
    return len(ids)


async def _drop_text(db: AsyncSession, ids: Sequence[int]) -> None:
    for row in (UpdateRow, UpdateBaseRow, WriterRow, VisitRow):
        await db.execute(delete(row).where(row.text_id.in_(ids)))
    await db.execute(delete(TextRow).where(TextRow.id.in_(ids), TextRow.kind == TextKind.BRANCH.value))


def _to_branch(row: Row[*tuple[Any, ...]]) -> Branch:
    return Branch(
        row.id,
        row.declaration_id,
        row.name,
        BranchState(row.state),
        row.person_id,
        row.person,
        row.ags,
        row.office or "",
        row.created_at,
        row.note,
        tuple(row.proposals.split()),
        row.shared_at,
        row.discarded_at,
    )
