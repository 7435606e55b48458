"""Entries of a declaration's log that somebody looks for: by person, municipality, kind of act and time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, ColumnElement, Select, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from server.domain.audit import AuditEvent, Tag
from server.storage.engine.types import Reader
from server.storage.tables.declarations import FormerParticipantRow, ParticipantRow
from server.storage.tables.people import MunicipalityRow, PersonRow
from server.storage.tables.record import AuditEventRow

_ROWS: Final = select(AuditEventRow.position, AuditEventRow.entry, AuditEventRow.at, AuditEventRow.leaf)
_CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is not given narrows nothing. `person` has acted or is whom the act was about; `since` belongs
    to the time, `until` does not."""

    person: int | None = None
    ags: str = ""
    tag: Tag | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """`position` in the whole log, from 0; `leaf`: the hash that stands in the tree."""

    position: int
    event: AuditEvent
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to narrow by: people and municipalities by name, kinds that have happened."""

    people: Sequence[tuple[int, str]]
    municipalities: Sequence[tuple[str, str]]
    tags: Collection[Tag]


def count_wanted(db: Reader, slug: str, wanted: Wanted) -> int:
    query = select(func.count()).select_from(AuditEventRow).where(*_conditions(slug, wanted))
    return db.execute(query).scalar_one()


def read_wanted(db: Reader, slug: str, wanted: Wanted, start: int, limit: int) -> list[LogEntry]:
    """Oldest first, from the one with the place `start` (from 0) among those wanted on."""
    query = _ROWS.where(*_conditions(slug, wanted)).order_by(AuditEventRow.position)
    return list(_entries(db, query.offset(start).limit(limit)))


def read_all_wanted(db: Reader, slug: str, wanted: Wanted, limit: int) -> Iterator[LogEntry]:
    """The same from the first on, a thousand at a time, at most `limit`."""
    after, left = -1, limit
    while left > 0:
        query = (
            _ROWS.where(*_conditions(slug, wanted), AuditEventRow.position > after)
            .order_by(AuditEventRow.position)
            .limit(min(_CHUNK, left))
        )
        found = list(_entries(db, query))
        yield from found
        if len(found) < min(_CHUNK, left):
            return
        after, left = found[-1].position, left - len(found)


def read_choices(db: Reader, slug: str, declaration_id: int) -> Choices:
    people = select(AuditEventRow.actor).where(AuditEventRow.declaration == slug)
    taking_part = (
        select(table.person_id).where(table.declaration_id == declaration_id)
        for table in (ParticipantRow, FormerParticipantRow)
    )
    named = or_(PersonRow.id.in_(people), *(PersonRow.id.in_(query) for query in taking_part))
    names = select(PersonRow.id, PersonRow.name).where(named).order_by(PersonRow.name, PersonRow.id)
    towns = select(MunicipalityRow.ags, MunicipalityRow.name).order_by(MunicipalityRow.name)
    tags = select(AuditEventRow.tag).where(AuditEventRow.declaration == slug).distinct()
    return Choices(
        [(row.id, row.name) for row in db.execute(names)],
        [(row.ags, row.name) for row in db.execute(towns)],
        [Tag(tag) for (tag,) in db.execute(tags)],
    )


def _conditions(slug: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [AuditEventRow.declaration == slug]
    if wanted.person is not None:
        found.append(or_(AuditEventRow.actor == wanted.person, *_names("person", wanted.person)))
    if wanted.ags:
        found.append(or_(*_names("ags", wanted.ags)))
    if wanted.tag is not None:
        found.append(AuditEventRow.tag == wanted.tag.value)
    if wanted.since is not None:
        found.append(AuditEventRow.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditEventRow.at < wanted.until)
    return found


def _names(key: str, value: int | str) -> list[ColumnElement[bool]]:
    """Entries are canonical JSON without white space, whose texts cannot hold a bare quotation mark: where
    these bytes stand, the fact does."""
    pair = f"{json.dumps(key)}:{json.dumps(value)}"
    return [Holds(AuditEventRow.entry, literal(f"{pair}{end}".encode())) for end in (",", "}")]


class Holds(FunctionElement[bool]):
    """Bytes that hold other bytes: each database says it in its own way."""

    inherit_cache = True
    type = Boolean()


@compiles(Holds, "sqlite")
def _in_sqlite(element: Holds, compiler: SQLCompiler, **options: object) -> str:
    return f"instr({compiler.process(element.clauses, **options)}) > 0"


@compiles(Holds, "postgresql")
def _in_postgresql(element: Holds, compiler: SQLCompiler, **options: object) -> str:
    whole, part = (compiler.process(clause, **options) for clause in element.clauses)
    return f"position({part} IN {whole}) > 0"


def _entries(db: Reader, query: Select[int, bytes, datetime, bytes]) -> Iterator[LogEntry]:
    for position, entry, at, leaf in db.execute(query):
        data = json.loads(entry.decode())
        event = AuditEvent(at, Tag(data["tag"]), data["actor"], data["declaration"], data["facts"])
        yield LogEntry(position, event, leaf)
