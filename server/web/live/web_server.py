"""uvicorn's server, which looks after its sockets all at once and otherwise sleeps.

uvicorn wakes ten times a second to see whether it should stop, and pings every socket by timers of its own.
In a room where somebody presses a key now and then that is a tenth of all CPU (`server/decisions/0006`).
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from types import FrameType
from typing import Final

import uvicorn

from server.web.live.protocol import LiveProtocol

TICK: Final = 1.0
"""Seconds. uvicorn renews the date in its headers as often."""
SWEEP: Final = 10
"""Ticks between two looks at who is still there."""


STOP_DEADLINE: Final = 4.5
"""Seconds from the signal to the process's end, whatever the database does."""


def end_within(seconds: float) -> None:
    """Threads that wait for a database cannot be ended. What was acknowledged is on disk."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()


class PlainServer(uvicorn.Server):
    """uvicorn's own, but for the end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        end_within(STOP_DEADLINE)
        super().handle_exit(sig, frame)


class WebServer(uvicorn.Server):
    """For `ws=LiveProtocol` without a `ws_ping_interval`."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        ticks = 0
        while not await self.on_tick(0):
            ticks += 1
            if ticks % SWEEP == 0:
                self.look_after_all()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), TICK)
        self._loop = None

    def stop(self) -> None:
        """From any thread, or from a signal handler, which may come between any two steps."""
        self.should_exit = True
        self._wake()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        end_within(STOP_DEADLINE)
        super().handle_exit(sig, frame)
        self._wake()

    def _wake(self) -> None:
        if self._loop is not None:  # else it looks before it sleeps, or is awake for good
            self._loop.call_soon_threadsafe(self._woken.set)

    def look_after_all(self) -> None:
        for connection in list(self.server_state.connections):
            if isinstance(connection, LiveProtocol):
                connection.look_after()
