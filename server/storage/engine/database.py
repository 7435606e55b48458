"""Opens the database: SQLite in WAL mode with full synchronous writes, or PostgreSQL.

`Database` is the only way to it, and there are two kinds of connections behind:

- sessions (`read`, `write`) over the asynchronous engine: what actions and pages work with;
- the runner (`ask`, and the update log): on PostgreSQL the same engine, on SQLite a pool of blocking
  connections, because a commit or a query through the asynchronous driver costs several times as much CPU.
  One of them belongs to the writing thread and one to the event loop (`quick_commits`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from server.domain.errors import StorageFailed
from server.storage.engine.faults import Faults, SameFile
from server.storage.engine.sqlite import prepare_engine
from server.storage.engine.transactions import open_runner

R = TypeVar("R")


class Database:
    """Hands out sessions. `write` is one transaction, committed at the end of the block. All raise
    StorageFailed where the database cannot do it at the moment."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.file = SameFile(engine.url)
        self.runner = open_runner(engine, self.file)
        self._faults = Faults()
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    async def ask(self, work: Callable[[Connection], R]) -> R:
        """For what every request asks: `work` sees one moment's state and runs off the event loop.

        On SQLite that takes a tenth of what the same questions cost one by one through a session.
        """
        with self._faults.told(), self._faults.reached():
            return await self.runner.read(work)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        with self._faults.told():
            async with self._sessions() as session:
                await self._reach(session)
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        self.file.ensure()
        with self._faults.told():
            async with self._sessions() as session:
                await self._reach(session)
                if self.is_sqlite:
                    # The lock is taken first: who reads and then writes would else fail halfway.
                    await (await session.connection()).exec_driver_sql("BEGIN IMMEDIATE")
                yield session
                await session.commit()

    async def _reach(self, session: AsyncSession) -> None:
        """Now, where it is over a network: what the work itself says of sockets and files is its own."""
        if not self.is_sqlite:
            with self._faults.reached():
                await session.connection()

    def ensure_whole(self) -> None:
        """Raises StorageFailed for a file that is gone, and once something in it could not be read."""
        self.file.ensure()
        if self._faults.is_damaged:
            raise StorageFailed()

    async def probe(self) -> None:
        """Stores something that changes nothing. Raises what the database says when it cannot."""
        async with self.write() as db:
            await db.execute(text("UPDATE alembic_version SET version_num = version_num"))

    async def close(self) -> None:
        """After the update log."""
        await self.runner.close()
        await self.engine.dispose()


def open_database(url: str) -> Database:
    """`url`: `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`."""
    # What people wrote would else stand in the errors, and so in the log.
    engine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        prepare_engine(engine)
    return Database(engine)
