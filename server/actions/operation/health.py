"""Can people read and store at this moment? What `/health` and `/ready` say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sqlalchemy import text

from server.actions.services import Services
from server.domain.errors import StorageFailed

TIMEOUT: Final = 3.0
"""Seconds within which something must be read or stored."""
GIVEN_UP: Final = 15.0
"""Seconds after which another look is made: SQLite itself gives up after ten."""


class Health:
    """One look of a kind at a time, for all who ask meanwhile."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._looks: dict[str, tuple[float, asyncio.Task[None]]] = {}

    async def check_alive(self) -> Mapping[str, object]:
        """Raises StorageFailed when the database does not answer or is not whole, or rooms hold what they
        cannot store."""
        await self._in_time("alive", self._look)
        return {"status": "ok"}

    async def check_ready(self) -> Mapping[str, object]:
        """Raises StorageFailed when nothing can be stored."""
        await self._in_time("alive", self._look)
        await self._in_time("ready", self._services.database.probe)
        return {"status": "ready"}

    async def _look(self) -> None:
        if self._services.rooms.storage_failing:
            raise StorageFailed()
        self._services.database.ensure_whole()
        async with self._services.database.read() as db:
            await db.execute(text("SELECT version_num FROM alembic_version"))

    async def _in_time(self, name: str, look: Callable[[], Awaitable[None]]) -> None:
        """Whoever waits gives up, the look does not: a connection of aiosqlite that is cancelled while it
        closes never ends."""
        task = self._running(name, look)
        done, _ = await asyncio.wait({task}, timeout=TIMEOUT)
        if not done:
            raise StorageFailed()
        if (error := task.exception()) is not None:
            raise StorageFailed() from error

    def _running(self, name: str, look: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        now = asyncio.get_running_loop().time()
        since, task = self._looks.get(name, (now, None))
        if task is not None and not task.done():
            if now < since + GIVEN_UP:
                return task
            task.cancel()
        task = asyncio.ensure_future(_run(look))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # heard, also when late
        self._looks[name] = now, task
        return task


async def _run(look: Callable[[], Awaitable[None]]) -> None:
    await look()
