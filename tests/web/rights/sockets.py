"""A WebSocket to the application itself: one message, and whether it was taken."""

from __future__ import annotations

import asyncio
from typing import Any

from server.sync.room.room import SCHEMA
from server.sync.wire import messages
from server.web.http.visits import SESSION_COOKIE
from tests.waiting import HANG
from tests.web.rights.people import VISITOR

SAVED, STEP_2 = b"\x64", b"\x00\x01"
TAKEN = 0
"""In place of a close code."""


class Line:
    """Signed in as `who`, in the declaration's room, or in the one `below` it."""

    def __init__(self, app: Any, who: str, slug: str, below: str = "") -> None:
        cookie = b"" if who == VISITOR else f"{SESSION_COOKIE}={who}".encode()
        self._scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": f"/ws/declarations/{slug}{below}",
            "raw_path": f"/ws/declarations/{slug}{below}".encode(),
            "query_string": f"schema={SCHEMA}".encode(),
            "root_path": "",
            "headers": [(b"host", b"localhost"), (b"cookie", cookie)],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
            "subprotocols": [messages.SUBPROTOCOL],
            "state": {},
        }
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._task = asyncio.create_task(app(self._scope, self._inbox.get, self._outbox.put))
        self._inbox.put_nowait({"type": "websocket.connect"})

    async def end(self) -> None:
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(self._task, HANG)

    def send(self, frame: bytes) -> None:
        self._inbox.put_nowait({"type": "websocket.receive", "bytes": frame})

    async def outcome(self, first: bytes) -> int:
        """`TAKEN` when a frame comes that begins so, else the code of the close."""
        while True:
            message = await asyncio.wait_for(self._outbox.get(), HANG)
            if message["type"] == "websocket.close":
                return int(message["code"])
            if message["type"] == "websocket.send" and message["bytes"].startswith(first):
                return TAKEN
