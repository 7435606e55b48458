"""What a room's messages are on the transports: `server.sync.room.socket.Socket`.

`open_socket` takes the short cut past ASGI where the server offers it, else plain ASGI.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.sync.room.outbox import Outbox
from server.web.live.frames import encode_frame
from server.web.live.protocol import EXTENSION, LiveProtocol
from server.web.live.quick_writer import QuickWriter, write_to_all

log = logging.getLogger(__name__)


def protocol_of(websocket: WebSocket) -> LiveProtocol | None:
    """None: the server is another one, or was started with another protocol class."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION, {}).get("protocol")
    return protocol if isinstance(protocol, LiveProtocol) else None


def open_socket(websocket: WebSocket, limit: int) -> DirectSocket | AsgiSocket:
    """For an accepted WebSocket. `limit`: bytes that may wait for a slow reader."""
    protocol = protocol_of(websocket)
    if protocol is None:
        return AsgiSocket(websocket, limit)
    socket = DirectSocket(websocket, protocol, limit)
    protocol.attach_writer(socket)
    return socket


class DirectSocket(QuickWriter):
    """Writes finished frames past ASGI."""

    __slots__ = ("_closing", "_websocket")

    def __init__(self, websocket: WebSocket, protocol: LiveProtocol, limit: int) -> None:
        super().__init__(protocol.transport, limit)
        self._websocket = websocket
        self._closing: asyncio.Task[None] | None = None

    async def run(self, listening: Coroutine[object, object, None]) -> None:
        """Listens until the peer has disconnected or was sent a close code."""
        await listening

    def send(self, frame: bytes) -> None:
        self.write(encode_frame(frame))

    def send_all(self, frames: Sequence[bytes]) -> None:
        self.write(b"".join(map(encode_frame, frames)))

    @staticmethod
    def send_to_many(sockets: Sequence[DirectSocket], frames: Sequence[bytes]) -> None:
        write_to_all(sockets, b"".join(map(encode_frame, frames)))

    def close(self, code: int, reason: str) -> None:
        self._closing = asyncio.create_task(self._websocket.close(code, reason))
        self._closing.add_done_callback(_look_at)

    def cut(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
        self.abort()


class AsgiSocket(Outbox):
    """What waits is sent by a task of its own."""

    def __init__(self, websocket: WebSocket, limit: int) -> None:
        super().__init__(AsgiTransport(websocket), limit)

    async def run(self, listening: Coroutine[object, object, None]) -> None:
        """As `DirectSocket.run`; ends as well when the peer is cut off, of which ASGI itself says nothing."""
        tasks = asyncio.create_task(self.pump()), asyncio.create_task(listening)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            for task in tasks:
                _look_at(task)


class AsgiTransport:
    """Satisfies `server.sync.room.outbox.Transport`."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def send(self, frame: bytes) -> None:
        await self._websocket.send({"type": "websocket.send", "bytes": frame})

    async def close(self, code: int, reason: str) -> None:
        await self._websocket.close(code, reason)


def _look_at(task: asyncio.Task[None]) -> None:
    """A peer that is gone is no news."""
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, WebSocketDisconnect):
        log.error("a connection broke", exc_info=error)
