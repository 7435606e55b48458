"""One writer for all rooms: gathers what they have, commits it at once, tells them.

idle → gathering (this turn of the event loop; under load a few milliseconds) → committing → idle
                                              ↘ failed rooms: retried on their own until it works

What comes while a commit is under way waits for the next one: the slower the disk, the larger the groups.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from server.domain.errors import KraftaktError
from server.domain.text.update_log import LogAppend
from server.sync.store import UpdateLog

log = logging.getLogger(__name__)


MANY: Final = 4
"""Rooms in one commit."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `gather`: least time between the beginnings of two commits, less than a picture stands on a
    screen; nobody waits for it before some eighty keys are pressed a second in all rooms. `gather_many`: the
    same while each commit serves `MANY` rooms, some three hundred keys a second. `timeout`: a commit that
    takes longer (at most twice as long) counts as failing until it ends. `retry`: between two attempts."""

    gather: float = 0.012
    gather_many: float = 0.024
    timeout: float = 5.0
    retry: float = 1.0


class Committable(Protocol):
    """A room, as far as the writer knows it."""

    @property
    def text_id(self) -> int: ...

    def take(self) -> LogAppend:
        """Everything to be committed now; the same again, and more, after a failure."""

    def committed(self) -> None: ...

    def refused(self, error: KraftaktError) -> None: ...

    def storage_failed(self) -> None: ...


class GroupWriter:
    """Steps are callbacks, not tasks: a commit costs one callback at its beginning and one at its end."""

    def __init__(self, store: UpdateLog, pace: Pace | None = None) -> None:
        self._store = store
        self._pace = pace or Pace()
        self._marked: dict[Committable, None] = {}
        self._retrying: set[Committable] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._busy = False
        """A commit is under way or will begin by itself."""
        self._began = 0.0
        self._pause = self._pace.gather
        self._attempts = 0
        self._writing: Sequence[Committable] = ()
        """Whose updates are on their way to the disk."""
        self._watch: asyncio.TimerHandle | None = None
        self._silent = False
        """The commit that is under way does not end."""
        self._division: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Inside the running event loop, before the first room."""
        self._loop = asyncio.get_running_loop()

    async def stop(self, seconds: float) -> bool:
        """Ends after what is marked is committed; False: they were not enough."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.error("stopping with updates that could not be stored")
        self._busy = True
        if self._watch is not None:
            self._watch.cancel()
        if self._division is not None:
            self._division.cancel()
        return self._idle.is_set()

    @property
    def failing(self) -> bool:
        """A commit failed and is tried again, or does not answer."""
        return bool(self._retrying) or self._silent

    def mark(self, room: Committable) -> None:
        """The room has something to commit."""
        if room not in self._retrying:
            self._marked[room] = None
            self._idle.clear()
            if not self._busy:
                self._plan()

    def _plan(self) -> None:
        """What comes in the same turn of the event loop is gathered; right after a commit, more."""
        self._busy = True
        if self._loop.time() - self._began >= self._pause:
            self._loop.call_soon(self._begin)
        else:
            self._loop.call_at(self._began + self._pause, self._begin)

    def _begin(self) -> None:
        self._began = self._loop.time()
        rooms, self._marked = list(self._marked), {}
        self._pause = self._pace.gather if len(rooms) < MANY else self._pace.gather_many
        batch = [part for part in [room.take() for room in rooms] if part.updates]
        if batch and not self._store.append_at_once(batch):
            self._append(rooms, batch).add_done_callback(partial(self._ended, rooms))
        else:
            self._finish(rooms, {})
            self._go_on()

    def _append(
        self, rooms: Sequence[Committable], batch: Sequence[LogAppend]
    ) -> asyncio.Future[Mapping[int, KraftaktError]]:
        self._writing = rooms
        self._attempts += 1
        if self._watch is None:
            self._watch = self._loop.call_later(self._pace.timeout, self._look, self._attempts)
        return asyncio.ensure_future(self._store.append(batch))

    def _look(self, attempt: int) -> None:
        """One timer for many commits: is it still the one that was under way when the timer was set?

        A commit that began later gets up to `timeout` more.
        """
        self._watch = None
        if not self._writing:
            return
        if attempt == self._attempts:
            self._silent = True
            log.critical("storage does not answer")
            for room in self._writing:
                room.storage_failed()
        else:
            self._watch = self._loop.call_later(self._pace.timeout, self._look, self._attempts)

    def _ended(
        self, rooms: Sequence[Committable], attempt: asyncio.Future[Mapping[int, KraftaktError]]
    ) -> None:
        self._writing = ()
        self._silent = False
        error = attempt.exception()
        if error is None:
            self._finish(rooms, attempt.result())
            self._go_on()
        else:  # whatever the storage raised, nothing was written
            self._division = asyncio.ensure_future(self._divide(rooms, error))

    def _go_on(self) -> None:
        self._busy = False
        if self._marked:
            self._plan()
        elif not self._retrying:
            self._idle.set()

    def _finish(self, rooms: Iterable[Committable], refused: Mapping[int, KraftaktError]) -> None:
        for room in rooms:
            error = refused.get(room.text_id)
            try:
                if error is None:
                    room.committed()
                else:
                    room.refused(error)
            except Exception:  # one room's fault must not end the writing of all others
                log.exception("text %s failed after its commit", room.text_id)
                room.refused(KraftaktError())

    async def _divide(self, rooms: Sequence[Committable], error: BaseException) -> None:
        """One room's trouble must not be everybody's: each is tried on its own."""
        if len(rooms) == 1:
            self._failed(rooms[0], error)
        else:
            for room in rooms:
                await self._commit_alone(room)
        self._go_on()

    async def _commit_alone(self, room: Committable) -> None:
        part = room.take()
        try:
            refused = await self._append([room], [part]) if part.updates else {}
        except Exception as error:  # as above
            self._failed(room, error)
        else:
            self._finish([room], refused)
        finally:
            self._writing = ()
            self._silent = False

    def _failed(self, room: Committable, error: BaseException) -> None:
        log.critical("storage failed for text %s: %s", room.text_id, type(error).__name__)
        room.storage_failed()
        self._retrying.add(room)
        self._loop.call_later(self._pace.retry, self._retry, room)

    def _retry(self, room: Committable) -> None:
        self._retrying.discard(room)
        self.mark(room)
