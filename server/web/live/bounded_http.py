"""uvicorn's HTTP protocol with bounds on what comes before and between bodies: size, number and time.

httptools gathers a header until its end, however far that is, and uvicorn waits for it as long as it takes.
With or without the fast path for sockets, every connection begins here.
"""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD: Final = 64 * 1024
"""Bytes of a request's line and headers together; also between two pieces of a body, and after its end."""
MAX_HEADERS: Final = 100
MAX_PIPELINE: Final = 16
"""Requests that were sent before the answer to an earlier one."""
HEAD_TIMEOUT: Final = 10.0
"""Seconds from a connection's beginning, or from a head's first byte, to the head's end."""
REST_TIMEOUT: Final = 30.0
"""Seconds for the rest of a body that was answered already and is thrown away."""
_REFUSAL: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 57\r\n\r\n"
    b"This request's headers are too long. Please shorten them."
)


class _TooMuch(Exception):
    """Stops the parser, which is in the middle of what has come."""


class BoundedHttp(HttpToolsProtocol):
    """For uvicorn's `http`. States: head → body → head …; each but a body that is read has its timer."""

    _passed = 0
    """Bytes since the head began, or since bytes of a body came."""
    _in_body = False
    _is_refused = False
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_end_within(HEAD_TIMEOUT)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._passed += len(data)
        if not self._in_body and self._timer is None:
            self._expect_end_within(HEAD_TIMEOUT)
        super().data_received(data)
        if self._passed > MAX_HEAD and not self.transport.is_closing():
            self._is_refused = True
            self.send_400_response("")

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MAX_PIPELINE:
            self._refuse()
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= MAX_HEADERS:
            self._refuse()
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._stop_timer()
        self._in_body, self._passed = True, 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._passed = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_timer()
        self._in_body, self._passed = False, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._in_body:
            self._expect_end_within(REST_TIMEOUT)

    def handle_websocket_upgrade(self) -> None:
        self._stop_timer()
        self._passed = 0
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        self._stop_timer()
        if self._is_refused:
            self.transport.write(_REFUSAL)
            self.transport.close()
        else:
            super().send_400_response(msg)

    def _refuse(self) -> None:
        self._is_refused = True
        raise _TooMuch()

    def _expect_end_within(self, seconds: float) -> None:
        self._stop_timer()
        self._timer = self.loop.call_later(seconds, self._cut)

    def _cut(self) -> None:
        self._timer = None
        self.transport.abort()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
