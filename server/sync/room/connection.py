"""One connection in a room: how fast it may send, what is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from math import inf
from typing import Final

from server.domain.room_rights import RoomRights
from server.domain.token_bucket import TokenBucket
from server.sync.attestation import Member
from server.sync.room.broadcast import Broadcast
from server.sync.room.limits import Limits
from server.sync.room.socket import Socket
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.messages import MAX_FRAME, saved_frame

CLOSE_TIMEOUT: Final = 5.0
Clock = Callable[[], float]
"""Monotonic seconds."""


class Connection:
    """States: open → closing: what waits is sent, then the code."""

    def __init__(
        self,
        socket: Socket,
        member: Member,
        clock: Clock,
        limits: Limits,
        *,
        phase: str,
        rights: RoomRights,
        own_client: bool,
        session_ends: float = inf,
    ) -> None:
        """`own_client`: speaks our subprotocol and wants more than the stock messages.

        `session_ends`: by the clock; from then on the person is no longer signed in.
        """
        self.member = member
        self.session = ""
        """Names the session that admitted it: its connections share the name. Set before it joins a room."""
        self.phase = phase
        self.rights = rights
        self.own_client = own_client
        self.waits_for_step_2 = False
        self.may_hold_more = True
        """Other people's words that the room lacks, until what it answers shows that it has none."""
        self.on_leave: Callable[[], None] = _nothing
        """Called once, when it leaves its room."""
        self.send: Callable[[bytes], None] = socket.send
        """Sends a frame while the connection is open. An attribute, since little is called more often."""
        self.socket = socket
        self._broadcast: Broadcast | None = None
        self._clock = clock
        self._messages = TokenBucket(limits.message_rate, limits.message_burst, clock())
        self._bytes = TokenBucket(limits.byte_rate, limits.byte_burst, clock())
        self._session_ends = session_ends
        self._session_timer: asyncio.TimerHandle | None = None
        self._end: Closing | None = None
        self._received = 0
        self._saved = 0

    @property
    def open(self) -> bool:
        return self._end is None

    def ensure_within_limits(self, size: int) -> None:
        """For every message that comes in. Raises Closing."""
        if size > MAX_FRAME:
            raise Closing(CloseCode.TOO_LARGE, "frame too large")
        now = self._clock()
        if now >= self._session_ends:  # the timer may come a moment late
            raise _session_over()
        if not (self._messages.takes(1, now) and self._bytes.takes(size, now)):
            raise Closing(CloseCode.TOO_FAST, "too fast")

    def entered(self, broadcast: Broadcast) -> None:
        """It is in a room, and gets what all there get: until `left`, or until its session ends."""
        if not self.open:
            return
        self._broadcast = broadcast
        broadcast.join(self.socket)
        if self._session_ends < inf:
            lasts = self._session_ends - self._clock()
            loop = asyncio.get_running_loop()
            self._session_timer = loop.call_later(lasts, lambda: self.close(_session_over()))

    def left(self) -> None:
        self._stop_broadcast()
        if self._session_timer is not None:
            self._session_timer.cancel()
        self.on_leave()

    def _stop_broadcast(self) -> None:
        """It gets no more of what all get."""
        if self._broadcast is not None:
            self._broadcast.leave(self.socket)
            self._broadcast = None

    def count_received(self) -> int:
        """Numbers the messages that may hold text; `saved` names these numbers."""
        self._received += 1
        return self._received

    def send_saved(self, number: int, frames: Sequence[bytes] = ()) -> None:
        """Sends `frames` and that everything up to message `number` is on disk."""
        if not self.open:
            return
        if number > self._saved:
            self._saved = number
            if self.own_client:
                frames = [*frames, saved_frame(number)]
        if frames:
            self.socket.send_all(frames)

    def close(self, why: Closing) -> None:
        """Ends the connection once what waits is sent; only the first reason counts.

        The other end has `CLOSE_TIMEOUT` seconds to read it.
        """
        if self._end is None:
            self._end = why
            self.send = _send_nothing
            self._stop_broadcast()
            self.socket.close(why.code, why.reason)
            asyncio.get_running_loop().call_later(CLOSE_TIMEOUT, self.socket.cut)


def _session_over() -> Closing:
    return Closing(CloseCode.NOT_SIGNED_IN, "the session has ended")


def _nothing() -> None:
    """Nobody keeps count."""


def _send_nothing(_: bytes) -> None:
    """Nothing comes after the closing code."""
