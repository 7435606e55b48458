"""How connections to SQLite are prepared: the one place for its pragmas."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

_USUAL: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit that was acknowledged survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
_NEVER_WAITING: Final = (
    "PRAGMA busy_timeout=0",  # the holder of the lock may keep it for long
    "PRAGMA wal_autocheckpoint=0",  # a checkpoint writes and syncs the database file
)
_KEPT: Final = 10
"""Blocking connections that stay open. There are never more than threads, so more are not refused."""


def prepare_engine(engine: AsyncEngine) -> None:
    """Its connections get the usual settings."""
    event.listen(engine.sync_engine, "connect", _prepare)


def blocking_engine(engine: AsyncEngine) -> Engine:
    """For the same file, with Python's own driver and the same settings."""
    blocking = create_engine(
        engine.url.set(drivername="sqlite"),
        poolclass=QueuePool,
        pool_size=_KEPT,
        max_overflow=-1,
        hide_parameters=True,
    )
    event.listen(blocking, "connect", _prepare)
    return blocking


def never_wait(cursor: DBAPICursor) -> None:
    """On this cursor's connection, in place of the usual: a locked database fails at once, and no commit
    writes the log back."""
    for pragma in _NEVER_WAITING:
        cursor.execute(pragma)


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    cursor = connection.cursor()
    for pragma in _USUAL:
        cursor.execute(pragma)
    cursor.close()
