"""Runs blocking work in one transaction, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine

from server.storage.engine.faults import SameFile
from server.storage.engine.sqlite import blocking_engine
from server.storage.engine.writing_thread import WritingThread

R = TypeVar("R")


class TransactionRunner(Protocol):
    """Both commit when the work returns and roll back when it raises. Reads see one moment's state."""

    async def read(self, work: Callable[[Connection], R]) -> R: ...

    def write(self, work: Callable[[Connection], R]) -> Awaitable[R]: ...

    async def close(self) -> None: ...


class SqliteRunner:
    """One thread writes, so that its writes never wait for each other's locks; reads take any thread."""

    def __init__(self, engine: AsyncEngine, file: SameFile) -> None:
        self.file = file
        self._engine = blocking_engine(engine)
        self._writer = WritingThread("update-log")
        self._kept: Connection | None = None
        self._cursor: DBAPICursor | None = None

    async def read(self, work: Callable[[Connection], R]) -> R:
        return await asyncio.to_thread(self._read, work)

    def write(self, work: Callable[[Connection], R]) -> asyncio.Future[R]:
        return self._writer.run(lambda: self._write(work))

    def write_plainly(
        self, plain: Callable[[DBAPICursor], bool], work: Callable[[Connection], R], done: R
    ) -> asyncio.Future[R]:
        """`plain` runs on the driver's cursor and commits by itself: `done`. Only where it returns False,
        having written nothing, `work` runs as in `write`."""

        def job() -> R:
            self.file.ensure()
            try:
                if plain(self._cursor or self._open_cursor()):
                    return done
            except BaseException:
                self._forget()
                raise
            return self._write(work)

        return self._writer.run(job)

    def connect(self) -> Connection:
        """For the calling thread, which has to close it."""
        return self._engine.connect()

    async def close(self) -> None:
        await self._writer.run(self._forget)
        await self._writer.stop()
        self._engine.dispose()

    def _read(self, work: Callable[[Connection], R]) -> R:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return work(connection)

    def _write(self, work: Callable[[Connection], R]) -> R:
        self.file.ensure()
        connection = self._connection()
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            result = work(connection)
            connection.commit()
        except BaseException:
            self._forget()
            raise
        return result

    def _connection(self) -> Connection:
        """The writing thread keeps its connection; after a failure it takes a new one."""
        if self._kept is None:
            self._kept = self._engine.connect()
        return self._kept

    def _open_cursor(self) -> DBAPICursor:
        """Kept as long as the connection."""
        self._cursor = self._connection().connection.cursor()
        return self._cursor

    def _forget(self) -> None:
        kept, self._kept, self._cursor = self._kept, None, None
        if kept is not None:
            kept.invalidate()
            kept.close()


class AsyncRunner:
    """For drivers that only speak asynchronously."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def read(self, work: Callable[[Connection], R]) -> R:
        engine = self._engine.execution_options(isolation_level="REPEATABLE READ")
        async with engine.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Callable[[Connection], R]) -> R:
        engine = self._engine.execution_options(isolation_level="READ COMMITTED")
        async with (
            engine.begin() as connection
        ):  # after waiting for a lock, sees what was committed meanwhile
            return await connection.run_sync(work)

    async def close(self) -> None:
        """The engine is its owner's to close."""


def open_runner(engine: AsyncEngine, file: SameFile) -> SqliteRunner | AsyncRunner:
    """For the database of `engine`; for SQLite over connections of its own, to this file."""
    return SqliteRunner(engine, file) if engine.dialect.name == "sqlite" else AsyncRunner(engine)
