"""The same client over plain HTTP: long polling and POST."""

from __future__ import annotations

import asyncio
import random
from types import TracebackType
from typing import Any

import httpx

from server.sync.room.room import SCHEMA
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from server.sync.wire.messages import Reader
from server.web.http.visits import Visit
from tests.sync.live_client import Client
from tests.waiting import HANG

COOKIE = "kraftakt_session"
TRIES = 20
PAUSE = 0.01


class HttpClient(Client):
    """`url`: of the declaration's live text. `token`: the session's."""

    line = ""
    misses = 0
    takes_leave = True

    def __init__(self, url: str, token: str, **options: object) -> None:
        super().__init__(url, token, **options)  # type: ignore[arg-type]
        self.url = url
        self.query = {"schema": str(SCHEMA)}
        secret = Visit("", "de", token).csrf_token if token else ""
        self.headers = {"X-CSRF-Token": secret}

    async def __aenter__(self) -> HttpClient:
        self.http = httpx.AsyncClient(
            cookies={COOKIE: self.name} if self.name else None, headers=self.headers, timeout=HANG
        )
        self._subscription = self.doc.observe(self._on_local)
        await self._ask()
        self._tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._read())]
        self.send(messages.step_1(self.doc.get_state()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.doc.unobserve(self._subscription)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.takes_leave:
            await self.http.post(f"{self.url}/frames", params={"line": self.line, "leave": "1"})
        await self.http.aclose()

    async def hang_up(self, port: int) -> None:
        """Asks for news and does not wait for them."""
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        path = f"{self.url.split(str(port), 1)[1]}/events?line={self.line}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {COOKIE}={self.name}\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def _write(self) -> None:
        while True:
            frames = [await self._outbox.get()]
            while not self._outbox.empty():
                frames.append(self._outbox.get_nowait())
            await self.post(b"".join(map(messages.encode_chunk, frames)))

    async def post(self, body: bytes, **headers: str) -> httpx.Response:
        return await self._find("POST", "frames", {"line": self.line}, content=body, headers=headers)

    async def _find(self, method: str, path: str, query: dict[str, str], **options: Any) -> httpx.Response:
        """Asks until it meets the process that knows the line, as the page does."""
        for tries in range(1, TRIES + 1):
            answer = await self.http.request(method, f"{self.url}/{path}", params=query, **options)
            if not answer.headers.get("Kraftakt-Close", "").startswith(str(int(CloseCode.NO_SUCH_LINE))):
                break
            self.misses += 1
            await asyncio.sleep(random.random() * tries * PAUSE)
        return answer

    async def _read(self) -> None:
        while self.close_code is None:
            await self._ask()

    async def _ask(self) -> None:
        query = {"line": self.line} if self.line else self.query
        answer = await self._find("GET", "events", query)
        self.line = answer.headers.get("Kraftakt-Session", self.line)
        reader = Reader(answer.content)
        while reader.left:
            frame = reader.chunk()
            self.frames.append(frame)
            self._handle(frame)
        if "Kraftakt-Close" in answer.headers:
            self.close_code = int(answer.headers["Kraftakt-Close"].split()[0])
        self._changed.set()
