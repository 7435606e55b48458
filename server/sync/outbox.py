"""What waits for a transport whose sending has to be awaited."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from typing import Protocol


class Transport(Protocol):
    def send(self, frame: bytes) -> Awaitable[None]: ...

    def close(self, code: int, reason: str) -> Awaitable[None]: ...


class Outbox:
    """Satisfies `server.sync.connection.Socket`; one task runs `pump`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._frames: deque[bytes] = deque()
        self._wake = asyncio.Event()
        self._end: tuple[int, str] | None = None
        self._pump: asyncio.Task[None] | None = None
        self.waiting = 0

    def send(self, frame: bytes) -> None:
        self.waiting += len(frame)
        self._frames.append(frame)
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        self._end = (code, reason)
        self._wake.set()

    def cut(self) -> None:
        """Forgets what waits, also what the pump holds."""
        self._frames.clear()
        self.waiting = 0
        if self._pump is not None:
            self._pump.cancel()

    async def pump(self) -> None:
        """Sends what waits, until the connection is closed."""
        self._pump = asyncio.current_task()
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._frames:
                frame = self._frames.popleft()
                await self._transport.send(frame)
                self.waiting -= len(frame)
            if self._end is not None:
                await self._transport.close(*self._end)
                return
