"""One connection in a room: how fast it may send, how slowly it may read, what is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from server.sync.attestation import Member
from server.sync.close_codes import CloseCode, Closing
from server.sync.limits import Limits, TokenBucket
from server.sync.wire import MAX_FRAME, saved_frame

PARTING: Final = 5.0
Clock = Callable[[], float]
"""Monotonic seconds."""


class Socket(Protocol):
    """The transport, as far as a room knows it. Nothing here waits or fails; the peer may be gone."""

    @property
    def waiting(self) -> int:
        """Bytes that were sent to it and not yet handed to the operating system."""

    def send(self, frame: bytes) -> None: ...

    def close(self, code: int, reason: str) -> None:
        """Tells the peer, after what was sent before."""

    def cut(self) -> None:
        """Ends it at once and forgets what waits."""


class Connection:
    """States: open → closing (what waits is sent, then the code) or cut (nothing more is sent)."""

    def __init__(
        self,
        socket: Socket,
        member: Member,
        clock: Clock,
        limits: Limits,
        *,
        phase: str,
        may_edit: bool,
        own_client: bool,
    ) -> None:
        """`own_client`: speaks our subprotocol and wants more than the stock messages."""
        self.member = member
        self.phase = phase
        self.may_edit = may_edit
        self.own_client = own_client
        self.waits_for_step_2 = False
        self._socket = socket
        self._clock = clock
        self._limits = limits
        self._messages = TokenBucket(limits.message_rate, limits.message_burst, clock())
        self._bytes = TokenBucket(limits.byte_rate, limits.byte_burst, clock())
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
        if not (self._messages.takes(1, now) and self._bytes.takes(size, now)):
            raise Closing(CloseCode.TOO_FAST, "too fast")

    def count_received(self) -> int:
        """Numbers the messages that may hold text; `saved` names these numbers."""
        self._received += 1
        return self._received

    def tell_saved(self, number: int) -> None:
        """Everything up to message `number` is on disk."""
        if number > self._saved:
            self._saved = number
            if self.own_client:
                self.send(saved_frame(number))

    def send(self, frame: bytes) -> None:
        """Whoever reads too slowly is cut before memory grows."""
        if self._end is not None:
            return
        if self._socket.waiting + len(frame) > self._limits.outgoing:
            self._end = Closing(CloseCode.TOO_FAST, "reads too slowly")
            self._socket.cut()
            return
        self._socket.send(frame)

    def close(self, why: Closing) -> None:
        """Ends the connection once what waits is sent; only the first reason counts.

        The other end has `PARTING` seconds to read it.
        """
        if self._end is None:
            self._end = why
            self._socket.close(why.code, why.reason)
            asyncio.get_running_loop().call_later(PARTING, self._socket.cut)
