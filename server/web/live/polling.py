"""A connection to a room that HTTP requests carry: what waits between two of them, and whose it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from server.sync.room.connection import Connection
from server.sync.room.room import Room
from server.sync.room.socket import EachOnItsOwn
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.messages import Malformed, Reader, encode_chunk

CLOSED_TTL: Final = 15.0
"""Seconds between two requests for news after which the other end is taken for gone."""
MAX_FRAMES: Final = 1_000
"""In one request."""


class HttpSocket(EachOnItsOwn):
    """Satisfies `server.sync.room.socket.Socket`. States: open → closing → ended."""

    def __init__(self, limit: int) -> None:
        """`limit`: bytes that may wait."""
        self._limit = limit
        self._waiting = 0
        self.end: tuple[int, str] | None = None
        self._frames: list[bytes] = []
        self._news = asyncio.Event()

    def send(self, frame: bytes) -> None:
        if self.end is not None:
            return
        if self._waiting + len(frame) > self._limit:
            self.cut()
            return
        self._waiting += len(frame)
        self._frames.append(frame)
        self._news.set()

    def send_all(self, frames: Sequence[bytes]) -> None:
        for frame in frames:
            self.send(frame)

    def close(self, code: int, reason: str) -> None:
        self.end = self.end or (code, reason)
        self._news.set()

    def cut(self) -> None:
        self._frames.clear()
        self._waiting = 0
        self.close(CloseCode.TOO_FAST, "reads too slowly")

    async def wait_for_news(self) -> None:
        await self._news.wait()

    def take(self) -> bytes:
        """The frames that wait, each as lib0's varBytes."""
        frames, self._frames = self._frames, []
        self._waiting = 0
        if self.end is None:
            self._news.clear()
        return b"".join(map(encode_chunk, frames))


class PollingSession:
    """`secret`: the browser's. `ended` is called once, when nothing can come over the line any more."""

    def __init__(
        self,
        secret: str,
        room: Room,
        connection: Connection,
        socket: HttpSocket,
        ended: Callable[[], None],
    ) -> None:
        self.secret = secret
        self.socket = socket
        self.turn = asyncio.Lock()
        """Frames are handled in the order in which their requests came."""
        self.listening = False
        self._room = room
        self._connection = connection
        self._ended = ended
        self._timer: asyncio.TimerHandle | None = None

    async def receive(self, frames: list[bytes]) -> None:
        for frame in frames:
            if not self._connection.open:
                return
            try:
                await self._room.receive_large(self._connection, frame)
            except Closing as why:
                self._connection.close(why)

    def listens(self) -> None:
        self.listening = True
        if self._timer is not None:
            self._timer.cancel()

    def rests(self) -> None:
        """An answer went out; the next question has to follow."""
        self.listening = False
        self._timer = asyncio.get_running_loop().call_later(CLOSED_TTL, self.leave)

    def leave(self) -> None:
        """The other end is gone, or knows why it has to go."""
        if self._timer is not None:
            self._timer.cancel()
        self._room.leave(self._connection)
        self.socket.close(CloseCode.GOING_AWAY, "gone")
        self._ended()


def read_frames(body: bytes) -> list[bytes]:
    """The frames of one request. Raises Closing."""
    reader, frames = Reader(body), list[bytes]()
    try:
        while reader.left:
            frames.append(reader.chunk())
    except (Malformed, IndexError) as error:
        raise Closing(CloseCode.MALFORMED, "no frames") from error
    if len(frames) > MAX_FRAMES:
        raise Closing(CloseCode.TOO_LARGE, "too many frames")
    return frames
