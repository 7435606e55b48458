"""A database that cannot store or read at the moment: how that is seen, and what people are told."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from server.domain.errors import StorageFailed

DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
UNWELL: Final = DAMAGED | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
"""Result codes that say nothing about the statement (sqlite.org/rescode.html)."""
STATES: Final = ("08", "25006", "53", "55P03", "57P", "58", "XX")
"""SQLSTATEs of PostgreSQL (appendix A): no connection, read-only, no room left, lock not had, shutting down,
errors of the system, damage."""

log = logging.getLogger(__name__)


class SameFile:
    """SQLite's file as it was at its first use. Once it was removed or another was put in its place, what is
    written still goes into the old one, and is lost with the process."""

    def __init__(self, url: URL) -> None:
        name = url.database
        is_file = url.get_backend_name() == "sqlite" and name not in (None, "", ":memory:")
        self._path = Path(name or "") if is_file else None
        self._known: tuple[int, int] | None = None

    def is_there(self) -> bool:
        if self._path is None:
            return True
        try:
            status = self._path.stat()
        except OSError:
            return self._known is None  # nobody has made it yet
        found = status.st_dev, status.st_ino
        self._known = self._known or found
        return found == self._known

    def ensure(self) -> None:
        """Raises StorageFailed."""
        if not self.is_there():
            log.critical("the database's file was removed or replaced: bring it back, or start anew")
            raise StorageFailed()


class Faults:
    """Of one database. `is_damaged`: something in it could not be read, which no waiting heals."""

    def __init__(self) -> None:
        self.is_damaged = False

    @contextmanager
    def told(self) -> Iterator[None]:
        """Raises StorageFailed in place of what the driver says when it is not the statement's fault."""
        try:
            yield
        except Exception as error:
            if (name := self._name_of(error)) is None:
                raise
            raise _failed(name) from error

    @contextmanager
    def reached(self) -> Iterator[None]:
        """The same while a connection is made: what the network says then is about the database."""
        try:
            yield
        except OSError as error:
            raise _failed(type(error).__name__) from error

    def _name_of(self, error: Exception) -> str | None:
        """None for what is no fault of the database's."""
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, sqlite3.Error):
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the rest says more closely why
            self.is_damaged = self.is_damaged or code in DAMAGED
            return str(getattr(cause, "sqlite_errorname", code)) if code in UNWELL else None
        state = getattr(cause, "sqlstate", None)
        if isinstance(state, str) and state.startswith(STATES):
            return state
        is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
        return type(cause).__name__ if is_lost or isinstance(error, NoneFree) else None


def _failed(name: str) -> StorageFailed:
    log.error("the database cannot be used: %s", name)
    return StorageFailed()
