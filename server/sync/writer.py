"""One writer for all rooms: gathers what they have, commits it at once, tells them.

idle → gathering (a few milliseconds at most) → committing → idle
                                              ↘ failed rooms: retried on their own until it works
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from server.domain.errors import KraftaktError
from server.domain.update_log import LogAppend
from server.sync.store import UpdateLog

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `gather`: least time between two commits. `patience`: a commit that takes longer counts as
    failing until it ends. `retry`: between attempts after a failure."""

    gather: float = 0.003
    patience: float = 5.0
    retry: float = 1.0


class Committable(Protocol):
    """A room, as far as the writer knows it."""

    @property
    def declaration_id(self) -> int: ...

    def take(self) -> LogAppend:
        """Everything to be committed now; the same again, and more, after a failure."""

    def committed(self) -> None: ...

    def refused(self, error: KraftaktError) -> None: ...

    def storage_failed(self) -> None: ...


class GroupWriter:
    def __init__(self, store: UpdateLog, pace: Pace | None = None) -> None:
        self._store = store
        self._pace = pace or Pace()
        self._marked: dict[Committable, None] = {}
        self._retrying: set[Committable] = set()
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="group writer")

    async def stop(self, patience: float) -> bool:
        """Ends after what is marked is committed; False: `patience` seconds were not enough."""
        try:
            await asyncio.wait_for(self._idle.wait(), patience)
        except TimeoutError:
            log.error("stopping with updates that could not be stored")
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        return self._idle.is_set()

    def mark(self, room: Committable) -> None:
        """The room has something to commit."""
        if room not in self._retrying:
            self._marked[room] = None
            self._idle.clear()
            self._wake.set()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            rooms, self._marked = list(self._marked), {}
            await self._commit(rooms)
            if not self._marked and not self._retrying:
                self._idle.set()
            await asyncio.sleep(self._pace.gather)

    async def _commit(self, rooms: list[Committable]) -> None:
        batch = [room.take() for room in rooms]
        try:
            refused = await self._append(rooms, [part for part in batch if part.updates])
        except Exception as error:  # whatever the storage raises, nothing was written
            await self._divide(rooms, error)
            return
        self._finish(rooms, refused)

    def _finish(self, rooms: Iterable[Committable], refused: dict[int, KraftaktError]) -> None:
        for room in rooms:
            error = refused.get(room.declaration_id)
            try:
                if error is None:
                    room.committed()
                else:
                    room.refused(error)
            except Exception:  # one room's fault must not end the writing of all others
                log.exception("declaration %s failed after its commit", room.declaration_id)
                room.refused(KraftaktError())

    async def _append(self, rooms: list[Committable], batch: list[LogAppend]) -> dict[int, KraftaktError]:
        if not batch:
            return {}
        attempt = asyncio.ensure_future(self._store.append(batch))
        done, _ = await asyncio.wait([attempt], timeout=self._pace.patience)
        if not done:
            log.critical("storage does not answer")
            for room in rooms:
                room.storage_failed()
        return dict(await attempt)

    async def _divide(self, rooms: list[Committable], error: Exception) -> None:
        """One room's trouble must not be everybody's: each is tried on its own."""
        if len(rooms) > 1:
            for room in rooms:
                await self._commit([room])
            return
        log.critical("storage failed for declaration %s: %s", rooms[0].declaration_id, type(error).__name__)
        rooms[0].storage_failed()
        self._retrying.add(rooms[0])
        asyncio.get_running_loop().call_later(self._pace.retry, self._retry, rooms[0])

    def _retry(self, room: Committable) -> None:
        self._retrying.discard(room)
        self.mark(room)
