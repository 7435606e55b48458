"""uvicorn's HTTP protocol with a short cut for a rush: what is kept as it left goes out again past ASGI.

Only a plain GET that came whole, between two requests, while the client takes what it is sent; everything
else goes to uvicorn. `server/web/http/kept/README.md` says what this buys and relies on.
"""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from server.web.http.kept.quick import Quick, QuickAnswers
from server.web.live.bounded_http import BoundedHttp
from server.web.live.plain_get import PlainGet, read_plain_get


class QuickHttp(BoundedHttp):
    """For uvicorn's `http`, with `answers` given beforehand (`functools.partial`)."""

    _is_between = True
    """The parser is at no request: neither in a head nor in a body."""
    _answered_at = 0.0

    def __init__(self, *arguments: Any, answers: QuickAnswers, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._answers = answers

    def data_received(self, data: bytes) -> None:
        if self._is_free() and (request := read_plain_get(data)) is not None:
            quick = self._answers.find(request.target, request.accepted)
            if quick is not None:
                self._answer(request, quick)
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._is_between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._is_between = True
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """One timer for many answers: it looks when the last one was."""
        rest = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if rest > 0:
            self._close_after(rest)
        else:
            super().timeout_keep_alive_handler()

    def _is_free(self) -> bool:
        return (
            self._is_between
            and (self.cycle is None or self.cycle.response_complete)
            and not self.flow.write_paused
            and not self.transport.is_closing()
        )

    def _answer(self, request: PlainGet, quick: Quick) -> None:
        is_known = quick.key in request.known
        parts = [quick.known_head if is_known else quick.head]
        parts += [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        parts.append(b"x-request-id: %b\r\n" % token_hex(8).encode())
        parts.append(b"connection: close\r\n\r\n" if request.closes else b"\r\n")
        head = b"".join(parts)
        self.transport.writelines((head,) if is_known else (head, quick.body))
        self.server_state.total_requests += 1
        self._stop_timer()
        self._answered_at = self.loop.time()
        if request.closes:
            self.transport.close()
        elif self.timeout_keep_alive_task is None:
            self._close_after(self.timeout_keep_alive)

    def _close_after(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)
