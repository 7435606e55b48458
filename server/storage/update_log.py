"""The update log of the live texts: base, rows, writers. Append-only but for compaction.

SQLite is written by one thread through the driver's own blocking calls: a commit costs a fraction of what
it costs through the asynchronous layer. PostgreSQL goes through the asynchronous engine. Both run the same
functions on a `Connection`; `sqlite_append` is a short cut for what SQLite does many times a second.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from server.domain.declarations import Phase
from server.domain.errors import KraftaktError, NotFound, WriterTaken, WrongPhase
from server.domain.update_log import LogAppend, StoredLog, Writer
from server.storage.sqlite_append import append_plain, is_plain
from server.storage.tables import Base, DeclarationRow, UpdateBaseRow, UpdateRow, WriterRow
from server.storage.transactions import AsyncRunner, SqliteRunner, TransactionRunner

Merge = Callable[[Iterable[bytes]], bytes]


def read_log(connection: Connection, declaration_id: int) -> StoredLog:
    """Base, rows and writers. In one transaction, or a compaction might come between."""
    upto, updates = _read_base(connection, declaration_id)
    updates += [data for _, data in _read_rows(connection, declaration_id, upto)]
    mine = WriterRow.declaration_id == declaration_id
    writers = connection.execute(
        select(WriterRow.client, WriterRow.person_id, WriterRow.ags, WriterRow.first_at).where(mine)
    )
    return StoredLog(tuple(updates), tuple(Writer(*row) for row in writers))


def append_batch(connection: Connection, batch: Sequence[LogAppend]) -> dict[int, KraftaktError]:
    """Inserts what the declarations' state allows; the rest is answered with the reason."""
    refused = _refused(connection, batch)
    allowed = [part for part in batch if part.declaration_id not in refused]
    rows = [{"declaration_id": p.declaration_id, "data": data} for p in allowed for data in p.updates]
    writers = [_writer_row(part.declaration_id, writer) for part in allowed for writer in part.writers]
    _insert(connection, UpdateRow.__tablename__, rows)
    _insert(connection, WriterRow.__tablename__, writers)
    return refused


def _insert(connection: Connection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """A single row, the usual case, goes the short way."""
    if rows:
        connection.execute(insert(Base.metadata.tables[table]), rows[0] if len(rows) == 1 else list(rows))


def compact_log(connection: Connection, declaration_id: int, base: bytes, upto: int, since: int) -> None:
    """Puts `base` in the place of the rows up to `upto`, unless another compaction came first.

    `since`: up to where the former base went.
    """
    if _read_base(connection, declaration_id)[0] != since:
        return
    mine = UpdateBaseRow.declaration_id == declaration_id
    connection.execute(delete(UpdateBaseRow).where(mine))
    connection.execute(insert(UpdateBaseRow).values(declaration_id=declaration_id, upto=upto, data=base))
    rows = (UpdateRow.declaration_id == declaration_id, UpdateRow.id <= upto)
    connection.execute(delete(UpdateRow).where(*rows))


def _read_base(connection: Connection, declaration_id: int) -> tuple[int, list[bytes]]:
    mine = UpdateBaseRow.declaration_id == declaration_id
    row = connection.execute(select(UpdateBaseRow.upto, UpdateBaseRow.data).where(mine)).one_or_none()
    return (0, []) if row is None else (row.upto, [row.data])


def _read_rows(connection: Connection, declaration_id: int, after: int) -> list[tuple[int, bytes]]:
    rows = (UpdateRow.declaration_id == declaration_id, UpdateRow.id > after)
    found = connection.execute(select(UpdateRow.id, UpdateRow.data).where(*rows).order_by(UpdateRow.id))
    return [(row.id, row.data) for row in found]


def _refused(connection: Connection, batch: Sequence[LogAppend]) -> dict[int, KraftaktError]:
    """Locks the declarations' phases until the commit (SQLite locks everything anyway)."""
    reasons = {part.declaration_id: _reason(connection, part) for part in batch}
    return {declaration_id: reason for declaration_id, reason in reasons.items() if reason is not None}


def _phase(connection: Connection, declaration_id: int) -> str | None:
    query = select(DeclarationRow.phase).where(DeclarationRow.id == declaration_id)
    phase: str | None = connection.execute(query.with_for_update(read=True)).scalar_one_or_none()
    return phase


def _reason(connection: Connection, part: LogAppend) -> KraftaktError | None:
    phase = _phase(connection, part.declaration_id)
    if phase is None:
        return NotFound()
    if phase != Phase.DRAFTING:
        return WrongPhase(phase=phase)
    if part.writers and _is_taken(connection, part):
        return WriterTaken()
    return None


def _is_taken(connection: Connection, part: LogAppend) -> bool:
    """Another process may have bound the client id meanwhile."""
    found = connection.execute(
        select(WriterRow.client).where(
            WriterRow.declaration_id == part.declaration_id,
            WriterRow.client.in_([writer.client for writer in part.writers]),
        )
    )
    return found.first() is not None


def _writer_row(declaration_id: int, writer: Writer) -> dict[str, object]:
    return {
        "declaration_id": declaration_id,
        "client": writer.client,
        "person_id": writer.person,
        "ags": writer.ags,
        "first_at": writer.first_at,
    }


# For actions, inside their own transaction


async def load_updates(session: AsyncSession, declaration_id: int) -> tuple[bytes, ...]:
    """The live text as updates, for `server.sync.projection.read_text`."""
    stored = await (await session.connection()).run_sync(read_log, declaration_id)
    return stored.updates


async def append_service_update(session: AsyncSession, declaration_id: int, update: bytes) -> None:
    """What the service itself writes: the starter text, before anybody can be in the room."""
    session.add(UpdateRow(declaration_id=declaration_id, data=update))
    await session.flush()


# For the rooms


class SqlUpdateLog:
    """Satisfies `server.sync.store.UpdateLog` on either database."""

    def __init__(self, runner: TransactionRunner) -> None:
        self._runner = runner

    async def load(self, declaration_id: int) -> StoredLog:
        return await self._runner.read(lambda connection: read_log(connection, declaration_id))

    def append(self, batch: Sequence[LogAppend]) -> Awaitable[Mapping[int, KraftaktError]]:
        return self._runner.write(lambda connection: append_batch(connection, batch))

    async def close(self) -> None:
        """After the rooms."""
        await self._runner.close()

    async def compact(self, declaration_id: int, merge: Merge) -> None:
        """Merges outside the writing transaction, which others wait for."""
        base, upto, since = await self._runner.read(lambda c: _merged(c, declaration_id, merge))
        if upto > since:
            await self._runner.write(lambda c: compact_log(c, declaration_id, base, upto, since))


class SqliteUpdateLog(SqlUpdateLog):
    """Takes the short cut wherever it can."""

    def __init__(self, runner: SqliteRunner) -> None:
        super().__init__(runner)
        self._sqlite = runner

    def append(self, batch: Sequence[LogAppend]) -> Awaitable[Mapping[int, KraftaktError]]:
        if not is_plain(batch):
            return super().append(batch)
        return self._sqlite.write_plainly(
            lambda cursor: append_plain(cursor, batch), lambda connection: append_batch(connection, batch), {}
        )


def _merged(connection: Connection, declaration_id: int, merge: Merge) -> tuple[bytes, int, int]:
    """The new base, up to where it goes, and up to where the former one went."""
    since, updates = _read_base(connection, declaration_id)
    rows = _read_rows(connection, declaration_id, since)
    if not rows:
        return b"", since, since
    return merge([*updates, *(data for _, data in rows)]), rows[-1][0], since


def open_update_log(engine: AsyncEngine) -> SqlUpdateLog:
    """The log in the database of `engine`; for SQLite over connections of its own."""
    if engine.dialect.name == "sqlite":
        return SqliteUpdateLog(SqliteRunner(engine))
    return SqlUpdateLog(AsyncRunner(engine))
