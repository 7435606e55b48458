"""What waits for a transport whose sending has to be awaited."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence
from typing import Protocol

from server.sync.room.socket import EachOnItsOwn


class Transport(Protocol):
    def send(self, frame: bytes) -> Awaitable[None]: ...

    def close(self, code: int, reason: str) -> Awaitable[None]: ...


class Outbox(EachOnItsOwn):
    """Satisfies `server.sync.room.socket.Socket`; one task runs `pump`."""

    def __init__(self, transport: Transport, limit: int) -> None:
        """`limit`: bytes that may wait."""
        self._transport = transport
        self._limit = limit
        self._frames: deque[bytes] = deque()
        self._wake = asyncio.Event()
        self._end: tuple[int, str] | None = None
        self._pump: asyncio.Task[None] | None = None
        self._is_cut = False
        self.waiting = 0
        """Bytes queued or being sent."""

    def send(self, frame: bytes) -> None:
        if self._is_cut:
            return
        if self.waiting + len(frame) > self._limit:
            self.cut()
            return
        self.waiting += len(frame)
        self._frames.append(frame)
        self._wake.set()

    def send_all(self, frames: Sequence[bytes]) -> None:
        for frame in frames:
            self.send(frame)

    def close(self, code: int, reason: str) -> None:
        self._end = (code, reason)
        self._wake.set()

    def cut(self) -> None:
        """Forgets what waits, also what the pump holds."""
        self._is_cut = True
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
