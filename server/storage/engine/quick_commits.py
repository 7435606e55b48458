"""Commits on the event loop itself, as long as the disk is quick.

Handing a commit over to a thread and its end back costs a fifth of what a key costs that somebody presses,
and a quick disk is done before another thread wakes up. Anything that might take long goes to
the writing thread: large batches, a locked database, a disk that was slow or has not been heard of for a
while, and now and then the commit after which SQLite writes its log back.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import SQLAlchemyError

from server.domain.text.update_log import LogAppend
from server.storage.engine.sqlite import never_wait
from server.storage.engine.sqlite_append import append_plain

log = logging.getLogger(__name__)

LARGE: Final = 4_096
"""Bytes of updates in a commit that is not for here."""
SLOW: Final = 0.01
"""Seconds after which a disk is slow: others in all rooms have waited for it."""
ALARMING: Final = 1.0
"""Seconds after which somebody should look at it."""
RESTS: Final = 1_000
"""So many times as long as slow commits took there is no other: a slow disk takes others a thousandth."""
SAVED: Final = 50.0
"""Seconds of that rest that may be saved up, so that one slow commit does not switch the fast path off."""
REST: Final = 60.0
"""Seconds without another attempt after the database failed."""
FRESH: Final = 10.0
"""Seconds for which a disk that answered is believed to be well."""
IN_A_ROW: Final = 300
"""After that many, one commit goes to the writing thread, which checkpoints a log that has grown."""


class QuickCommits:
    """For one thread, the event loop's."""

    def __init__(self, connect: Callable[[], Connection], clock: Callable[[], float] = monotonic) -> None:
        """`connect`: to the same database, with its usual settings."""
        self._connect = connect
        self._clock = clock
        self._kept: Connection | None = None
        self._cursor: DBAPICursor | None = None
        self._left = 0
        """How many may follow before one goes to the writing thread."""
        self._fresh_until = 0.0
        self._rests_until = 0.0

    def append(self, batch: Sequence[LogAppend]) -> bool:
        """Whether all of it is on disk now. False: nothing was written, for whatever reason. Never raises."""
        now = self._clock()
        if now < self._rests_until or _size(batch) > LARGE:
            return False
        if not self._left or now > self._fresh_until:
            self._left = IN_A_ROW
            self._fresh_until = now + FRESH
            return False
        self._left -= 1
        try:
            cursor = self._cursor or self._open_cursor()
            began = self._clock()
            done = append_plain(cursor, batch)
        except (sqlite3.Error, SQLAlchemyError) as error:  # the writing thread reports what is wrong
            self.close()
            if not _is_busy(error):
                self._rests_until = self._clock() + REST
            return False
        self._look_at_clock(began)
        return done

    def _look_at_clock(self, began: float) -> None:
        now = self._clock()
        self._fresh_until = now + FRESH
        took = now - began
        if took > SLOW:
            self._rests_until = max(self._rests_until, now - SAVED) + RESTS * took
        if took > ALARMING:
            log.critical("storage did not answer for %.1f s", took)

    def close(self) -> None:
        kept, self._kept, self._cursor = self._kept, None, None
        if kept is not None:
            kept.invalidate()
            kept.close()

    def _open_cursor(self) -> DBAPICursor:
        self._kept = self._connect()
        cursor = self._kept.connection.cursor()
        never_wait(cursor)
        self._cursor = cursor
        return cursor


def _size(batch: Iterable[LogAppend]) -> int:
    size = 0  # with a generator it would cost twice as much
    for part in batch:
        for update in part.updates:
            size += len(update)
    return size


def _is_busy(error: Exception) -> bool:
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return bool(code & 0xFF == sqlite3.SQLITE_BUSY)  # the rest of the number says more closely why
