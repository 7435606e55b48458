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
from server.storage.tables.text import TextRow, UpdateBaseRow, UpdateRow

CHANNEL: Final = "kraftakt_rooms"
GROWTH: Final = "g"
"""Kind of a notification: `ORIGIN g TEXT:BEFORE:POSITION …`."""
_AT_ONCE: Final = 100
"""Texts in one notification, which may have 8,000 bytes."""


@contextmanager
def announced(connection: Connection, text_ids: Collection[int], origin: str) -> Iterator[None]:
    """Inside the block these logs grow. The declarations' rows are locked."""
    if connection.dialect.name != "postgresql" or not text_ids:
        yield
        return
    before = read_standings(connection, text_ids)
    yield
    after = read_standings(connection, text_ids)
    parts = [f"{key}:{before[key].position}:{after[key].position}" for key in sorted(after)]
    for start in range(0, len(parts), _AT_ONCE):
        payload = " ".join([origin, GROWTH, *parts[start : start + _AT_ONCE]])
        connection.execute(select(func.pg_notify(CHANNEL, payload)))


def read_standings(connection: Connection, text_ids: Collection[int]) -> dict[int, Standing]:
    """Text → how it stands. For PostgreSQL."""
    rows = select(func.max(UpdateRow.id)).where(UpdateRow.text_id == TextRow.id)
    base = select(UpdateBaseRow.upto).where(UpdateBaseRow.text_id == TextRow.id)
    position = func.greatest(rows.scalar_subquery(), base.scalar_subquery(), 0)  # passes over NULL
    query = select(TextRow.id, position, DeclarationRow.phase).join(
        DeclarationRow, DeclarationRow.id == TextRow.declaration_id
    )
    found = connection.execute(query.where(TextRow.id.in_(text_ids)))
    return {key: Standing(upto, phase) for key, upto, phase in found}


def parse_growth(text: str, *, own: bool) -> list[LogGrowth]:
    """The part of a notification after its kind."""
    grown = (map(int, part.split(":")) for part in text.split())
    return [LogGrowth(text_id, before, position, own) for text_id, before, position in grown]
