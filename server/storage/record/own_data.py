"""Everything that is stored about a person, by table: whatever names them is found, tables that come later
too. Secrets and their hashes are left out, they open doors and say nothing about anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables import Base
from server.storage.tables.people import PersonRow
from server.storage.tables.text import WriterRow

MOST: Final = 5_000
"""Rows of one table."""
_SKIPPED: Final = frozenset({"login_links", "login_askers", "challenges", "writers"})
"""Doors that are open for minutes; authorship is counted instead."""
_HIDDEN: Final = frozenset(
    {
        "token_hash",
        "handle",
        "key",
        "reply_to",
        "claimed_by",
        "claimed_until",
        "payload",
        "leaf",
        "registration",
    }
)
_UNTYPED: Final = {"audit_events": "actor"}
"""Columns that name a person without a foreign key."""
_DECODED: Final = frozenset({"statement", "entry"})
"""Canonical JSON that is stored as bytes."""


@dataclass(frozen=True, slots=True)
class Section:
    """`table` is its name; `total` may be more than the rows."""

    table: str
    rows: list[dict[str, object]]
    total: int


async def load_own_data(db: AsyncSession, person_id: int) -> list[Section]:
    """The person first, then the tables by name; empty ones are left out."""
    persons = Base.metadata.tables[PersonRow.__tablename__]
    sections = [await _section(db, persons, [persons.columns["id"]], person_id)]
    for table in sorted(Base.metadata.tables.values(), key=lambda each: each.name):
        columns = list(_naming(table))
        if columns and table.name not in _SKIPPED:
            sections.append(await _section(db, table, columns, person_id))
    return [section for section in sections if section.rows]


async def count_written(db: AsyncSession, person_id: int) -> int:
    """With how many editors the person wrote in texts (Yjs client ids that are attested to them)."""
    query = select(func.count()).select_from(WriterRow).where(WriterRow.person_id == person_id)
    return int(await db.scalar(query) or 0)


def _naming(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        refers = any(key.column.table.name == "persons" for key in column.foreign_keys)
        if refers or _UNTYPED.get(table.name) == column.name:
            yield column


async def _section(db: AsyncSession, table: Table, naming: Sequence[Column[Any]], person_id: int) -> Section:
    condition = naming[0] == person_id
    for column in naming[1:]:
        condition = condition | (column == person_id)
    shown = [column for column in table.columns if _is_shown(column)]
    total = int(await db.scalar(select(func.count()).select_from(table).where(condition)) or 0)
    keys = list(table.primary_key.columns)
    query = select(*shown).where(condition).order_by(*keys).limit(MOST)
    rows = [
        {column.name: _value(value) for column, value in zip(shown, row, strict=True)}
        for row in await db.execute(query)
    ]
    return Section(table.name, rows, total)


def _is_shown(column: Column[Any]) -> bool:
    if column.name in _HIDDEN or column.name.endswith("_hash"):
        return False
    return column.name in _DECODED or not isinstance(column.type, LargeBinary)


def _value(value: object) -> object:
    match value:
        case bytes():
            return json.loads(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
