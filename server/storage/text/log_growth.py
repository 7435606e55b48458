"""How the processes that share a PostgreSQL database hear of each other's commits.

`NOTIFY` inside the appending transaction reaches the listeners with its commit, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, func, select

from server.domain.text.update_log import LogGrowth, Standing
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.text import UpdateBaseRow, UpdateRow

CHANNEL: Final = "kraftakt_rooms"
GROWTH: Final = "g"
"""Kind of a notification: `ORIGIN g DECLARATION:BEFORE:POSITION …`."""
_AT_ONCE: Final = 100
"""Declarations in one notification, which may have 8,000 bytes."""


@contextmanager
def announced(connection: Connection, declaration_ids: Collection[int], origin: str) -> Iterator[None]:
    """Inside the block these logs grow. The declarations' rows are locked."""
    if connection.dialect.name != "postgresql" or not declaration_ids:
        yield
        return
    before = read_standings(connection, declaration_ids)
    yield
    after = read_standings(connection, declaration_ids)
    parts = [f"{key}:{before[key].position}:{after[key].position}" for key in sorted(after)]
    for start in range(0, len(parts), _AT_ONCE):
        payload = " ".join([origin, GROWTH, *parts[start : start + _AT_ONCE]])
        connection.execute(select(func.pg_notify(CHANNEL, payload)))


def read_standings(connection: Connection, declaration_ids: Collection[int]) -> dict[int, Standing]:
    """Declaration → how it stands. For PostgreSQL."""
    rows = select(func.max(UpdateRow.id)).where(UpdateRow.declaration_id == DeclarationRow.id)
    base = select(UpdateBaseRow.upto).where(UpdateBaseRow.declaration_id == DeclarationRow.id)
    position = func.greatest(rows.scalar_subquery(), base.scalar_subquery(), 0)  # passes over NULL
    query = select(DeclarationRow.id, position, DeclarationRow.phase)
    found = connection.execute(query.where(DeclarationRow.id.in_(declaration_ids)))
    return {key: Standing(upto, phase) for key, upto, phase in found}


def parse_growth(text: str, *, own: bool) -> list[LogGrowth]:
    """The part of a notification after its kind."""
    grown = (map(int, part.split(":")) for part in text.split())
    return [LogGrowth(declaration_id, before, position, own) for declaration_id, before, position in grown]
