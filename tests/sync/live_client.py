"""A Yjs client of a few lines: websockets and pycrdt. It waits for events, never for time to pass."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any

from pycrdt import Doc, Text, TransactionEvent
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server.sync.room.room import SCHEMA
from server.sync.wire import messages
from server.sync.wire.messages import Reader
from tests.waiting import HANG


class Client:
    """`Client(url, "anna")`: signed in as Anna. `own=False`: a stock client without subprotocol."""

    def __init__(
        self,
        url: str,
        name: str,
        *,
        own: bool = True,
        schema: str | None = str(SCHEMA),
        origin: str | None = None,
        doc: Doc[Text] | None = None,
        answers: bool = True,
        cookie: str = "session",
    ) -> None:
        self.url = url + (f"?schema={schema}" if own and schema is not None else "")
        self.name = name
        self.cookie = cookie
        self.own = own
        self.origin = origin
        self.answers = answers
        """Whether it answers step 1 with what it has."""
        self.doc: Doc[Text] = Doc() if doc is None else doc
        self.text = self.doc.get("text", type=Text)
        self.saved = 0
        self.sent = 0
        self.state: dict[str, Any] = {"storage": "unknown"}
        self.people: list[dict[str, Any]] = []
        self.notices: list[dict[str, Any]] = []
        self.awareness: dict[int, Any] = {}
        self.synced = False
        self.close_code: int | None = None
        self.frames: list[bytes] = []
        self._probe = 0
        self._remote = False
        self._changed = asyncio.Event()
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue()

    async def __aenter__(self) -> Client:
        headers = {"Cookie": f"{self.cookie}={self.name}"} if self.name else {}
        self.socket: ClientConnection = await connect(
            self.url,
            additional_headers=headers,
            origin=self.origin,  # type: ignore[arg-type]
            subprotocols=[messages.SUBPROTOCOL] if self.own else None,  # type: ignore[list-item]
            max_size=None,
            compression=None,
        )
        self._subscription = self.doc.observe(self._on_local)
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._write())]
        self.send(messages.step_1(self.doc.get_state()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.doc.unobserve(self._subscription)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.socket.close()

    def send(self, frame: bytes) -> None:
        if frame[:2] in (b"\x00\x01", b"\x00\x02"):
            self.sent += 1
        self._outbox.put_nowait(frame)

    def type(self, words: str, at: int | None = None) -> None:
        """At the end, or after `at` bytes."""
        self.text.insert(len(self.text) if at is None else at, words, {})

    def type_line(self, words: str, at: int | None = None) -> None:
        """A paragraph of its own, in one message."""
        start = len(self.text) if at is None else at
        with self.doc.transaction():
            self.text.insert(start, words, {})
            self.text.insert(start + len(words.encode()), "\n", {"b": "paragraph:0"})

    def say(self, client: int, clock: int, state: object) -> None:
        entry = (
            messages.encode_uint(client)
            + messages.encode_uint(clock)
            + messages.encode_chunk(json.dumps(state).encode())
        )
        self.send(messages.awareness_frame(b"\x01" + entry))

    @property
    def content(self) -> str:
        return str(self.text)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Returns when it holds; it is asked again after every message."""
        try:
            async with asyncio.timeout(HANG):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain: {self}") from None

    def __repr__(self) -> str:
        last = [frame[:12] for frame in self.frames[-5:]]
        facts = f"saved {self.saved} of {self.sent}, closed {self.close_code}, {self.state}, last {last}"
        return f"<{self.name}: {len(self.text)} bytes, synced {self.synced}, {facts}>"

    async def until_synced(self) -> None:
        await self.until(lambda: self.synced)

    async def until_content(self, content: str) -> None:
        await self.until(lambda: self.content == content)

    async def until_saved(self) -> None:
        await self.until(lambda: self.synced and self.saved >= self.sent)

    async def catch_up(self) -> None:
        """Everything the server had to say so far has arrived: it answers a question about presence."""
        self._probe += 1
        self.say(self.doc.client_id, self._probe, {"probe": self._probe})
        self.send(b"\x03")
        before = len(self.frames)
        await self.until(lambda: any(frame[0] == 1 for frame in self.frames[before:]))

    async def until_closed(self) -> int:
        await self.until(lambda: self.close_code is not None)
        assert self.close_code is not None
        return self.close_code

    def _on_local(self, event: TransactionEvent) -> None:
        if not self._remote:
            self.send(messages.update_frame(event.update))

    async def _write(self) -> None:
        try:
            while True:
                await self.socket.send(await self._outbox.get())
        except ConnectionClosed:
            return

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                assert isinstance(frame, bytes)
                self.frames.append(frame)
                self._handle(frame)
                self._changed.set()
        finally:
            self.close_code = self.socket.close_code or 1006
            self._changed.set()

    def _handle(self, frame: bytes) -> None:
        reader = Reader(frame)
        outer = reader.uint()
        if outer == 0:
            self._sync(reader.uint(), reader.chunk())
        elif outer == 1:
            self._hear(Reader(reader.chunk()))
        elif outer == 100:
            self.saved = reader.uint()
        elif outer == 101:
            self.people = json.loads(reader.text())["people"]
        elif outer == 102:
            self.state = json.loads(reader.text())
        elif outer == 103:
            self.notices.append(json.loads(reader.text()))

    def _sync(self, inner: int, data: bytes) -> None:
        if inner == 0:
            if self.answers:
                self.send(messages.step_2(self.doc.get_update(data)))
            return
        self._remote = True
        self.doc.apply_update(data)
        self._remote = False
        self.synced = self.synced or inner == 1

    def _hear(self, reader: Reader) -> None:
        for _ in range(reader.uint()):
            client, _clock, state = reader.uint(), reader.uint(), json.loads(reader.text())
            self.awareness[client] = state
            if state is None:
                del self.awareness[client]
