"""Whom a comment may name: those who see it, and the municipalities that the declaration asks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import CompoundSelect, bindparam, select, union

from server.domain.people.municipalities import din_5007_key
from server.domain.people.persons import Person
from server.domain.people.roles import WRITERS
from server.storage.engine.types import Reader
from server.storage.people.persons import to_person
from server.storage.tables.declarations import AskedRow, ParticipantRow
from server.storage.tables.people import MunicipalityRow, PersonRow

_IN_ROOM: Final = (
    ParticipantRow.declaration_id == bindparam("declaration"),
    ParticipantRow.role.in_([role.value for role in WRITERS]),
)
_PERSONS: Final = (
    select(
        PersonRow.id,
        PersonRow.email,
        PersonRow.name,
        PersonRow.language,
        PersonRow.may_create,
        ParticipantRow.ags,
    )
    .join(ParticipantRow, ParticipantRow.person_id == PersonRow.id)
    .where(*_IN_ROOM)
    .order_by(PersonRow.name, PersonRow.id)
)
_KEYS: Final[CompoundSelect[tuple[str | None]]] = union(
    select(ParticipantRow.ags).where(*_IN_ROOM, ParticipantRow.ags.is_not(None)),
    select(AskedRow.ags).where(AskedRow.declaration_id == bindparam("declaration")),
)
_TOWNS: Final = select(MunicipalityRow.ags, MunicipalityRow.name).where(
    MunicipalityRow.ags.in_(select(_KEYS.subquery().c.ags))
)


def read_writers(db: Reader, declaration_id: int) -> list[tuple[Person, str]]:
    """Everybody who sees comments, by name, with the key of the municipality they draft for."""
    rows = db.execute(_PERSONS, {"declaration": declaration_id})
    found = {row.id: (to_person(row), row.ags or "") for row in rows}
    return list(found.values())


def read_towns(db: Reader, declaration_id: int) -> list[tuple[str, str]]:
    """Official key and name of those that write or are asked to sign, by name."""
    rows = db.execute(_TOWNS, {"declaration": declaration_id})
    return sorted(((row.ags, row.name) for row in rows), key=lambda town: din_5007_key(town[1]))


def choose_called(
    writers: Collection[tuple[Person, str]], persons: Collection[int], towns: Collection[str]
) -> list[Person]:
    """The persons, and whoever drafts for the municipalities."""
    return [person for person, ags in writers if person.id in persons or (ags and ags in towns)]
