"""Versions of privacy notice, imprint and accessibility statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.languages import Language
from server.domain.record.legal_pages import LegalPage
from server.storage.engine.types import Reader
from server.storage.tables.legal import LegalTextRow
from server.storage.tables.people import PersonRow

_COLUMNS: Final = select(
    LegalTextRow.number, LegalTextRow.text, LegalTextRow.saved_at, PersonRow.name.label("saved_by")
).join(PersonRow, PersonRow.id == LegalTextRow.saved_by)


@dataclass(frozen=True, slots=True)
class Version:
    """`saved_by`: a name."""

    number: int
    text: str
    saved_at: datetime
    saved_by: str


def read_newest(db: Reader, page: LegalPage, language: Language) -> Version | None:
    """None while nobody has saved any: the starter text is shown."""
    row = db.execute(_of(page, language).limit(1)).one_or_none()
    return _version(row) if row else None


def read_version(db: Reader, page: LegalPage, language: Language, number: int) -> Version | None:
    row = db.execute(_of(page, language).where(LegalTextRow.number == number)).one_or_none()
    return _version(row) if row else None


def read_heads(
    db: Reader, page: LegalPage, language: Language, most: int
) -> Sequence[tuple[int, datetime, str]]:
    """Number, time and name of the newest versions, newest first."""
    rows = db.execute(_of(page, language).limit(most))
    return [(row.number, row.saved_at, row.saved_by) for row in rows]


def read_all_newest(db: Reader) -> dict[tuple[str, str], str]:
    """The newest texts by page and language; those that nobody has saved are missing."""
    newest = (
        select(LegalTextRow.page, LegalTextRow.language, func.max(LegalTextRow.number).label("number"))
        .group_by(LegalTextRow.page, LegalTextRow.language)
        .subquery()
    )
    query = select(LegalTextRow.page, LegalTextRow.language, LegalTextRow.text).join(
        newest,
        (LegalTextRow.page == newest.c.page)
        & (LegalTextRow.language == newest.c.language)
        & (LegalTextRow.number == newest.c.number),
    )
    return {(row.page, row.language): row.text for row in db.execute(query)}


async def load_newest_number(db: AsyncSession, page: LegalPage, language: Language) -> int:
    """0 before the first."""
    query = select(func.max(LegalTextRow.number)).where(
        LegalTextRow.page == page.value, LegalTextRow.language == language
    )
    return await db.scalar(query) or 0


async def append_version(
    db: AsyncSession, page: LegalPage, language: Language, number: int, text: str, by: int, now: datetime
) -> None:
    db.add(
        LegalTextRow(page=page.value, language=language, number=number, text=text, saved_by=by, saved_at=now)
    )
    await db.flush()


def _of(page: LegalPage, language: Language) -> Select[int, str, datetime, str]:
    return _COLUMNS.where(LegalTextRow.page == page.value, LegalTextRow.language == language).order_by(
        LegalTextRow.number.desc()
    )


def _version(row: Row[*tuple[Any, ...]]) -> Version:
    return Version(row.number, row.text, row.saved_at, row.saved_by)
