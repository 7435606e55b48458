"""Makes uvicorn's server, with the fast path for sockets or without it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import uvicorn

from server.web.http.kept.quick import QuickAnswers
from server.web.live.bounded_http import BoundedHttp
from server.web.live.protocol import LiveProtocol
from server.web.live.quick_http import QuickHttp
from server.web.live.web_server import PlainServer, WebServer

PING_INTERVAL: Final = 20.0
"""Seconds between two pings of uvicorn's own, and until their answer has to be there."""


def create_server(
    app: Any, *, direct: bool, answers: QuickAnswers | None = None, **options: Any
) -> uvicorn.Server:
    """For an ASGI application; `options` are those of `uvicorn.Config`. `direct`: sockets past ASGI;
    `answers`: those that go past it too."""
    http: Any = BoundedHttp if answers is None else partial(QuickHttp, answers=answers)
    if direct:
        # `WebServer` looks after the sockets itself.
        return WebServer(uvicorn.Config(app, http=http, ws=LiveProtocol, ws_ping_interval=None, **options))
    return PlainServer(
        uvicorn.Config(
            app,
            http=http,
            ws="websockets-sansio",
            ws_ping_interval=PING_INTERVAL,
            ws_ping_timeout=PING_INTERVAL,
            **options,
        )
    )
