"""Fixed texts."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Revision, RevisionHead
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.text.content import Content, parse_content
from server.storage.engine.types import Reader
from server.storage.tables.people import PersonRow
from server.storage.tables.text import RevisionRow

_HEADS: Final = (
    select(
        RevisionRow.id,
        RevisionRow.declaration_id,
        RevisionRow.number,
        RevisionRow.digest,
        PersonRow.name,
        RevisionRow.fixed_at,
    )
    .join(PersonRow, PersonRow.id == RevisionRow.fixed_by)
    .where(RevisionRow.declaration_id.in_(bindparam("declarations", expanding=True)))
    .order_by(RevisionRow.number.desc())
)
_CONTENT: Final = select(RevisionRow.content).where(RevisionRow.id == bindparam("revision"))


def read_heads(db: Reader, declaration_ids: Collection[int]) -> dict[int, list[RevisionHead]]:
    """By declaration, newest first; an empty list for one without revisions."""
    heads: dict[int, list[RevisionHead]] = {declaration: [] for declaration in declaration_ids}
    for row in db.execute(_HEADS, {"declarations": list(declaration_ids)}):
        heads[row.declaration_id].append(RevisionHead(*row))
    return heads


def read_content(db: Reader, revision_id: int) -> Content:
    """A revision's text. Raises NotFound."""
    content = db.execute(_CONTENT, {"revision": revision_id}).scalar_one_or_none()
    if content is None:
        raise NotFound(what="revision")
    return parse_content(json.loads(content))


def _to_revision(row: RevisionRow, name: str) -> Revision:
    return Revision(row.id, row.declaration_id, row.number, row.content, row.digest, name, row.fixed_at)


async def list_revisions(db: AsyncSession, declaration_id: int) -> list[Revision]:
    """Newest first."""
    query = (
        select(RevisionRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == RevisionRow.fixed_by)
        .where(RevisionRow.declaration_id == declaration_id)
        .order_by(RevisionRow.number.desc())
    )
    return [_to_revision(row, name) for row, name in (await db.execute(query))]


async def find_current(db: AsyncSession, declaration_id: int) -> Revision | None:
    """The newest revision, whatever the phase."""
    return next(iter(await list_revisions(db, declaration_id)), None)


async def load_revision(db: AsyncSession, declaration_id: int, number: int) -> Revision:
    for revision in await list_revisions(db, declaration_id):
        if revision.number == number:
            return revision
    raise NotFound(what="revision")


async def append_revision(
    db: AsyncSession, declaration_id: int, content: Content, fixed_by: Person, now: datetime
) -> Revision:
    """The next number; the unique constraint settles two freezes at once."""
    last = await find_current(db, declaration_id)
    row = RevisionRow(
        declaration_id=declaration_id,
        number=last.number + 1 if last else 1,
        content=content.canonical(),
        digest=content.digest,
        fixed_by=fixed_by.id,
        fixed_at=now,
    )
    db.add(row)
    await db.flush()
    return _to_revision(row, fixed_by.name)
