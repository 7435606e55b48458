"""Fixed texts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Revision, RevisionHead
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.text.content import Content, parse_content
from server.domain.text.what_changed import NOTHING_SAID, Nature, WhatChanged
from server.storage.engine.types import Reader
from server.storage.tables.people import PersonRow
from server.storage.tables.text import RevisionRow

_HEADS: Final = (
    select(
        RevisionRow.id,
        RevisionRow.text_id,
        RevisionRow.number,
        RevisionRow.digest,
        PersonRow.name,
        RevisionRow.fixed_at,
        RevisionRow.nature,
        RevisionRow.change,
    )
    .join(PersonRow, PersonRow.id == RevisionRow.fixed_by)
    .where(RevisionRow.text_id.in_(bindparam("texts", expanding=True)))
    .order_by(RevisionRow.number.desc())
)
_CONTENT: Final = select(RevisionRow.content).where(RevisionRow.id == bindparam("revision"))


def read_heads(db: Reader, text_ids: Collection[int]) -> dict[int, list[RevisionHead]]:
    """By text, newest first; an empty list for one without revisions."""
    heads: dict[int, list[RevisionHead]] = {text_id: [] for text_id in text_ids}
    for row in db.execute(_HEADS, {"texts": list(text_ids)}):
        heads[row.text_id].append(RevisionHead(*row[:6], _changed(row.nature, row.change)))
    return heads


def read_content(db: Reader, revision_id: int) -> Content:
    """A revision's text. Raises NotFound."""
    content = db.execute(_CONTENT, {"revision": revision_id}).scalar_one_or_none()
    if content is None:
        raise NotFound(what="revision")
    return parse_content(content)


def _to_revision(row: RevisionRow, name: str) -> Revision:
    changed = _changed(row.nature, row.change)
    return Revision(row.id, row.text_id, row.number, row.content, row.digest, name, row.fixed_at, changed)


def _changed(nature: str, words: str) -> WhatChanged:
    return WhatChanged(Nature(nature) if nature else None, words)


async def list_revisions(db: AsyncSession, text_id: int) -> list[Revision]:
    """Newest first."""
    query = (
        select(RevisionRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == RevisionRow.fixed_by)
        .where(RevisionRow.text_id == text_id)
        .order_by(RevisionRow.number.desc())
    )
    return [_to_revision(row, name) for row, name in (await db.execute(query))]


async def find_current(db: AsyncSession, text_id: int) -> Revision | None:
    """The newest revision, whatever the phase."""
    return next(iter(await list_revisions(db, text_id)), None)


async def append_revision(
    db: AsyncSession,
    text_id: int,
    content: Content,
    fixed_by: Person,
    now: datetime,
    changed: WhatChanged = NOTHING_SAID,
) -> Revision:
    """The next number; the unique constraint settles two freezes at once."""
    last = await find_current(db, text_id)
    row = RevisionRow(
        text_id=text_id,
        number=last.number + 1 if last else 1,
        content=content.canonical(),
        digest=content.digest,
        fixed_by=fixed_by.id,
        fixed_at=now,
        nature=changed.nature.value if changed.nature else "",
        change=changed.words,
    )
    db.add(row)
    await db.flush()
    return _to_revision(row, fixed_by.name)
