"""The update log as the rooms see it: `server.sync.store.UpdateLog` on either database.

SQLite is written by one thread through the driver's own blocking calls: a commit costs a fraction of what
it costs through the asynchronous layer. What is small is committed on the event loop (`quick_commits`).
PostgreSQL goes through the asynchronous engine. Both databases run the same functions on a `Connection`;
`sqlite_append` is a short cut for what SQLite does many times a second. With the fast path switched off the
thread commits everything, by way of SQLAlchemy (`server/storage/engine/README.md`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence

from server.domain.errors import KraftaktError
from server.domain.text.update_log import LogAppend, LogPart, Standing, StoredLog, Writer
from server.storage.engine.database import Database
from server.storage.engine.quick_commits import QuickCommits
from server.storage.engine.sqlite_append import append_plain, is_plain
from server.storage.engine.transactions import SqliteRunner, TransactionRunner
from server.storage.text.log_growth import read_standings
from server.storage.text.update_log import (
    append_batch,
    compact_log,
    read_log,
    read_since,
    read_whole,
    read_writers,
)

Merge = Callable[[Iterable[bytes]], bytes]
Remember = Callable[[bytes, Iterable[bytes]], bytes]


class SqlUpdateLog:
    """Satisfies `server.sync.store.UpdateLog` on either database. `origin` names this process to others."""

    def __init__(self, runner: TransactionRunner, origin: str) -> None:
        self._runner = runner
        self._origin = origin

    async def load(self, text_id: int) -> StoredLog:
        return await self._runner.read(lambda connection: read_log(connection, text_id))

    async def load_since(self, text_id: int, position: int) -> LogPart:
        return await self._runner.read(lambda connection: read_since(connection, text_id, position))

    async def load_writers(self, text_id: int, clients: Collection[int]) -> Sequence[Writer]:
        return await self._runner.read(lambda connection: read_writers(connection, text_id, clients))

    async def load_standings(self, text_ids: Collection[int]) -> Mapping[int, Standing]:
        """For PostgreSQL."""
        return await self._runner.read(lambda connection: read_standings(connection, text_ids))

    def append(self, batch: Sequence[LogAppend]) -> Awaitable[Mapping[int, KraftaktError]]:
        return self._runner.write(lambda connection: append_batch(connection, batch, self._origin))

    def append_at_once(self, _batch: Sequence[LogAppend], /) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """After the rooms, before the database."""

    async def compact(self, text_id: int, merge: Merge, remember: Remember) -> None:
        """Merges outside of all transactions, which others would wait for."""
        since, updates, upto, memory = await self._runner.read(lambda c: read_whole(c, text_id))
        if upto > since:
            base = await asyncio.to_thread(merge, updates)
            kept = await asyncio.to_thread(remember, memory, updates)
            await self._runner.write(lambda c: compact_log(c, text_id, base, upto, since, kept))


class SqliteUpdateLog(SqlUpdateLog):
    """Takes the fast path wherever it can (`server/storage/engine/README.md`)."""

    def __init__(self, runner: SqliteRunner) -> None:
        super().__init__(runner, "")
        self._sqlite = runner
        self._quick = QuickCommits(runner.connect)

    def append(self, batch: Sequence[LogAppend]) -> Awaitable[Mapping[int, KraftaktError]]:
        if not is_plain(batch):
            return super().append(batch)
        return self._sqlite.write_plainly(
            lambda cursor: append_plain(cursor, batch), lambda connection: append_batch(connection, batch), {}
        )

    def append_at_once(self, batch: Sequence[LogAppend], /) -> bool:
        return is_plain(batch) and self._sqlite.file.is_there() and self._quick.append(batch)

    def close(self) -> None:
        self._quick.close()


def open_update_log(database: Database, origin: str = "", *, quick: bool = True) -> SqlUpdateLog:
    """Over the database's own runner. `origin` names this process to others; `quick`: with the fast path
    for commits, which there is on SQLite only."""
    runner = database.runner
    if quick and isinstance(runner, SqliteRunner):
        return SqliteUpdateLog(runner)
    return SqlUpdateLog(runner, origin)
