"""uvicorn's WebSocket protocol with a short cut for the rooms: small messages go past ASGI.

Handshake, control frames, fragments, everything large or odd stay with uvicorn and websockets, and so does
whatever comes while the application is still busy with a message that came that way: the order is kept.
Why there is a short cut at all is in `server/decisions/0006-room-transport.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from server.web.live.frames import (
    EMPTY_PING,
    MASK_SIZE,
    FrameHead,
    is_empty_pong,
    is_one_short_frame,
    read_head,
)
from server.web.live.quick_writer import QuickWriter

try:  # in C, wherever there is such a wheel
    from websockets.speedups import apply_mask
except ImportError:
    from websockets.utils import apply_mask

EXTENSION: Final = "kraftakt.live"
"""Under this name the scope's extensions hold `{"protocol": the protocol}`."""
SMALL: Final = 16_384
"""Bytes of a frame up to which the short cut takes it."""

PING_AFTER: Final = 2
"""How often somebody is looked after, without having been heard since, before they are asked."""
LOST_AFTER: Final = 3
"""And before they count as gone."""
PROXIES_WAIT: Final = 4
"""How often anybody is looked after before they get a ping in any case: proxies cut a connection on which the
server says nothing for a minute, whatever the other end says."""

Receive = Callable[[bytes], None]
"""Takes a binary message; never raises."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """For uvicorn's `ws`. The short cut is open from `attach` to `detach`."""

    _receiver: Receive | None = None
    _listening = False
    """The application waits in `receive`, so it has dealt with everything that was queued for it."""
    _rest = b""
    """The beginning of a frame whose end has not arrived."""
    _passing = 0
    """How many more bytes of the present frame go to uvicorn."""

    _writer: QuickWriter | None = None
    """Writes past the transport."""
    _silent = 0
    """How often it was looked after since something was heard."""
    _unasked = 0
    """And since the last ping."""

    def attach_writer(self, writer: QuickWriter) -> None:
        """The writer shall hear what the transport says."""
        self._writer = writer
        writer.begin()

    def pause_writing(self) -> None:
        if self._writer is not None:
            self._writer.hold()
        super().pause_writing()

    def resume_writing(self) -> None:
        if self._writer is not None:
            self._writer.release()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._writer is not None:
            self._writer.end()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        super().shutdown()
        self._look_at_transport()

    def attach(self, receiver: Receive) -> None:
        self._receiver = receiver

    def detach(self) -> None:
        self._receiver = None

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # not after a refused handshake
            self.scope["extensions"][EXTENSION] = {"protocol": self}

    def look_after(self) -> None:
        """From time to time: who is silent is asked, who does not answer is cut off (RFC 6455, 5.5.2).

        In the place of uvicorn's own pings, which take two timers for each and ask no less those who write.
        """
        if not self.handshake_complete or self.close_sent or self.transport.is_closing():
            return
        self._silent += 1
        self._unasked += 1
        if self._silent > LOST_AFTER:
            self.keepalive_timeout()
        elif self._silent == PING_AFTER or self._unasked == PROXIES_WAIT:
            self._unasked = 0
            self.transport.write(EMPTY_PING)
        else:
            return
        self._look_at_transport()

    async def receive(self) -> ASGIReceiveEvent:
        self._listening = True
        try:
            return await super().receive()
        finally:
            self._listening = False

    def data_received(self, data: bytes) -> None:
        if not self.handshake_complete:
            super().data_received(data)
            return
        self._silent = 0
        if self._takes_whole(data) or self._is_answer(data):
            return
        if self._rest:
            data, self._rest = self._rest + data, b""
        at = 0
        while at < len(data):
            end = self._pass_on(data, at) if self._passing else self._begin_frame(data, at)
            if end is None:
                self._rest = data[at:]
                return
            at = end

    def _takes_whole(self, data: bytes) -> bool:
        """What comes when somebody presses a key: one frame of up to 125 bytes in a read of its own."""
        if self._receiver is None or self._rest or self._passing or not is_one_short_frame(data):
            return False
        if not self._is_idle():
            return False
        self._receiver(apply_mask(data[6:], data[2:6]))
        return True

    def _is_answer(self, data: bytes) -> bool:
        """To `look_after`, to which it is enough that something came."""
        return is_empty_pong(data) and not self._rest and not self._passing

    def _is_idle(self) -> bool:
        """The application has dealt with everything; `frames` holds the beginning of a message in several."""
        return self._listening and self.queue.empty() and not self.frames

    def _begin_frame(self, data: bytes, at: int) -> int | None:
        """How far it got; None: too little has arrived."""
        head = read_head(data, at)
        if head is None:
            return None
        if self._receiver is None or not self._is_for_short_cut(head):
            self._passing = head.end - at
            return at
        if head.end > len(data):
            return None
        self._receiver(
            apply_mask(data[head.payload : head.end], data[head.payload - MASK_SIZE : head.payload])
        )
        return head.end

    def _is_for_short_cut(self, head: FrameHead) -> bool:
        return head.is_whole_binary and head.end - head.payload <= SMALL and self._is_idle()

    def _pass_on(self, data: bytes, at: int) -> int:
        part = data[at : at + self._passing]
        self._passing -= len(part)
        super().data_received(part)
        self._look_at_transport()
        return at + len(part)

    def _look_at_transport(self) -> None:
        """After uvicorn may have written or closed: a close comes last, and who reads nothing is cut."""
        if self._writer is None:
            return
        if self.transport.is_closing():
            self._writer.end()
        else:
            self._writer.cut_if_slow()
