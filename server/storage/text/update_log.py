"""The update log of the live texts: base, rows, writers. Append-only but for compaction.

Several processes may share a PostgreSQL database. Appending to a log or compacting it holds the row of
the text's declaration until the commit, and row ids are drawn while it is held: within one text the order of
ids is the order of commits, and a reader that sees a row sees all rows before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Phase
from server.domain.errors import KraftaktError, NotFound, WrongPhase
from server.domain.text.errors import WriterTaken
from server.domain.text.texts import WRITTEN_IN, TextKind
from server.domain.text.update_log import LogAppend, LogPart, StoredLog, Writer
from server.storage.engine.types import Reader
from server.storage.tables.base import Base
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.people import MunicipalityRow
from server.storage.tables.text import TextRow, UpdateBaseRow, UpdateRow, WriterRow
from server.storage.text.log_growth import announced

# Asked for every room that is opened: made once.
_BASE: Final = select(UpdateBaseRow.upto, UpdateBaseRow.data).where(
    UpdateBaseRow.text_id == bindparam("text")
)
_MEMORY: Final = select(UpdateBaseRow.memory).where(UpdateBaseRow.text_id == bindparam("text"))
_ROWS: Final = (
    select(UpdateRow.id, UpdateRow.data)
    .where(UpdateRow.text_id == bindparam("text"), UpdateRow.id > bindparam("after"))
    .order_by(UpdateRow.id)
)
_WRITERS: Final = (
    select(
        WriterRow.client,
        WriterRow.person_id,
        WriterRow.ags,
        WriterRow.first_at,
        func.coalesce(MunicipalityRow.name, ""),
    )
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == WriterRow.ags)
    .where(WriterRow.text_id == bindparam("text"))
)


def read_log(connection: Reader, text_id: int) -> StoredLog:
    """Base, rows and writers. In one transaction, or a compaction might come between."""
    part = read_since(connection, text_id, -1)
    writers, memory = tuple(read_writers(connection, text_id)), _read_memory(connection, text_id)
    return StoredLog(part.updates, writers, part.position, memory)


def read_since(connection: Reader, text_id: int, position: int) -> LogPart:
    """What lies beyond the position. In one transaction. A base that goes further comes as a whole."""
    upto, updates = _read_base(connection, text_id)
    if upto <= position:
        upto, updates = position, []
    rows = _read_rows(connection, text_id, upto)
    last = rows[-1][0] if rows else max(upto, 0)
    return LogPart((*updates, *(data for _, data in rows)), last)


def read_writers(connection: Reader, text_id: int, clients: Collection[int] | None = None) -> list[Writer]:
    """All of them, or those of these client ids."""
    query = _WRITERS if clients is None else _WRITERS.where(WriterRow.client.in_(clients))
    return [Writer(*row) for row in connection.execute(query, {"text": text_id})]


def append_batch(
    connection: Connection, batch: Sequence[LogAppend], origin: str = ""
) -> dict[int, KraftaktError]:
    """Inserts what the declarations' state allows; the rest is answered with the reason.

    On PostgreSQL the other processes hear of it with the commit; `origin` tells them from whom.
    """
    refused, known = _refused(connection, batch)
    allowed = [part for part in batch if part.text_id not in refused]
    rows = [{"text_id": p.text_id, "data": data} for p in allowed for data in p.updates]
    writers = [
        _writer_row(part.text_id, writer)
        for part in allowed
        for writer in part.writers
        if (part.text_id, writer.client) not in known
    ]
    with announced(connection, [part.text_id for part in allowed if part.updates], origin):
        _insert(connection, UpdateRow.__tablename__, rows)
        _insert(connection, WriterRow.__tablename__, writers)
    return refused


def _insert(connection: Connection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """A single row, the usual case, skips executemany."""
    if rows:
        connection.execute(insert(Base.metadata.tables[table]), rows[0] if len(rows) == 1 else list(rows))


def compact_log(
    connection: Connection, text_id: int, base: bytes, upto: int, since: int, memory: bytes
) -> None:
    """Puts `base` in the place of the rows up to `upto`, unless another compaction came first.

    `since`: up to where the former base went. `memory`: of what the rows held and the base does not.
    """
    _lock_phases(connection, [text_id])
    if _read_base(connection, text_id)[0] != since:
        return
    mine = UpdateBaseRow.text_id == text_id
    connection.execute(delete(UpdateBaseRow).where(mine))
    connection.execute(insert(UpdateBaseRow).values(text_id=text_id, upto=upto, data=base, memory=memory))
    rows = (UpdateRow.text_id == text_id, UpdateRow.id <= upto)
    connection.execute(delete(UpdateRow).where(*rows))


def _read_base(connection: Reader, text_id: int) -> tuple[int, list[bytes]]:
    row = connection.execute(_BASE, {"text": text_id}).one_or_none()
    return (0, []) if row is None else (row.upto, [row.data])


def _read_memory(connection: Reader, text_id: int) -> bytes:
    return connection.execute(_MEMORY, {"text": text_id}).scalar_one_or_none() or b""


def _read_rows(connection: Reader, text_id: int, after: int) -> list[tuple[int, bytes]]:
    found = connection.execute(_ROWS, {"text": text_id, "after": after})
    return [(row.id, row.data) for row in found]


def read_whole(connection: Connection, text_id: int) -> tuple[int, list[bytes], int, bytes]:
    """Up to where the base goes, everything, up to where that goes, and the memory."""
    since, updates = _read_base(connection, text_id)
    rows = _read_rows(connection, text_id, since)
    upto = rows[-1][0] if rows else since
    return since, [*updates, *(data for _, data in rows)], upto, _read_memory(connection, text_id)


def _refused(
    connection: Connection, batch: Sequence[LogAppend]
) -> tuple[dict[int, KraftaktError], set[tuple[int, int]]]:
    """Why some may not append, and which bindings (text, client) are on record already."""
    phases = _lock_phases(connection, [part.text_id for part in batch])
    refused: dict[int, KraftaktError] = {}
    known: set[tuple[int, int]] = set()
    for part in batch:
        reason = _reason(*phases.get(part.text_id, (None, None))) or _claim(connection, part, known)
        if reason is not None:
            refused[part.text_id] = reason
    return refused, known


def _lock_phases(connection: Connection, text_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Text → its kind and its declaration's phase. Holds the declarations' rows until the commit, locked in
    one order by everybody.

    SQLite locks everything anyway.
    """
    query = (
        select(TextRow.id, TextRow.kind, DeclarationRow.phase)
        .join(DeclarationRow, DeclarationRow.id == TextRow.declaration_id)
        .where(TextRow.id.in_(text_ids))
    )
    locked = query.order_by(DeclarationRow.id).with_for_update(of=DeclarationRow, key_share=True)
    return {row.id: (row.kind, row.phase) for row in connection.execute(locked)}


def _reason(kind: str | None, phase: str | None) -> KraftaktError | None:
    if kind is None or phase is None:
        return NotFound()
    return None if Phase(phase) in WRITTEN_IN[TextKind(kind)] else WrongPhase(phase=phase)


def _claim(connection: Connection, part: LogAppend, known: set[tuple[int, int]]) -> KraftaktError | None:
    """Another process may have bound a client id meanwhile: to the same person is well, to another is not."""
    if not part.writers:
        return None
    claimed = {writer.client: writer.person for writer in part.writers}
    for writer in read_writers(connection, part.text_id, claimed):
        if writer.person != claimed[writer.client]:
            return WriterTaken()
        known.add((part.text_id, writer.client))
    return None


def _writer_row(text_id: int, writer: Writer) -> dict[str, object]:
    return {
        "text_id": text_id,
        "client": writer.client,
        "person_id": writer.person,
        "ags": writer.ags,
        "first_at": writer.first_at,
    }


# For actions, inside their own transaction


async def load_updates(session: AsyncSession, text_id: int) -> tuple[bytes, ...]:
    """The live text as updates, for `server.sync.projection.read_text`."""
    stored = await (await session.connection()).run_sync(read_log, text_id)
    return stored.updates


async def load_stored(session: AsyncSession, text_id: int) -> StoredLog:
    """The same with the writers on record."""
    return await (await session.connection()).run_sync(read_log, text_id)


async def load_writers(session: AsyncSession, text_id: int) -> list[Writer]:
    return await (await session.connection()).run_sync(read_writers, text_id)


def read_rows(connection: Reader, text_id: int) -> list[tuple[int, bytes]]:
    """Position and update of each, the base first."""
    upto, base = _read_base(connection, text_id)
    return [*((upto, update) for update in base), *_read_rows(connection, text_id, upto)]


async def load_rows(session: AsyncSession, text_id: int) -> list[tuple[int, bytes]]:
    """The same."""
    return await (await session.connection()).run_sync(read_rows, text_id)


async def drop_waiting(
    session: AsyncSession, text_id: int, text: bytes, position: int, memory: bytes
) -> None:
    """Puts `text`, one update, in the place of the log up to `position`. Under the declaration's lock."""

    def replace(connection: Connection) -> None:
        compact_log(connection, text_id, text, position, _read_base(connection, text_id)[0], memory)

    await (await session.connection()).run_sync(replace)


async def append_in_act(session: AsyncSession, part: LogAppend) -> None:
    """What an act brings into a log past the room, which has to be told after the commit. Every process that
    has the room open reads it from the log, this one too. Raises WrongPhase, NotFound, WriterTaken."""
    refused = await (await session.connection()).run_sync(append_batch, [part])
    if part.text_id in refused:
        raise refused[part.text_id]


async def append_service_update(session: AsyncSession, text_id: int, update: bytes) -> None:
    """What the service itself writes: the starter text, before anybody can be in the room."""
    session.add(UpdateRow(text_id=text_id, data=update))
    await session.flush()
