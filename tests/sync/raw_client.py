"""A client that decides itself how its WebSocket frames are cut into pieces."""

from __future__ import annotations

import asyncio
import base64
import os
from types import TracebackType
from typing import Self

from websockets.frames import Frame, Opcode

from tests.waiting import HANG


def frame(data: bytes, opcode: Opcode = Opcode.BINARY, *, fin: bool = True, mask: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=mask)


class RawClient:
    """Signed in as `name`, in the declaration `appell`."""

    def __init__(self, port: int, name: str) -> None:
        self.port = port
        self.name = name

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = (
            "GET /ws/declarations/appell HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            f"Cookie: session={self.name}",
        )
        self.writer.write("\r\n".join((*lines, "", "")).encode())
        assert b" 101 " in await self.reader.readuntil(b"\r\n\r\n")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.writer.close()

    async def send(self, data: bytes, step: int | None = None) -> None:
        """In pieces of `step` bytes, each a segment of its own as far as that can be wished for."""
        for at in range(0, len(data), step or len(data)):
            self.writer.write(data[at : at + (step or len(data))])
            await self.writer.drain()
            await asyncio.sleep(0)

    async def read_frame(self) -> tuple[int, bytes]:
        """First byte and payload."""
        first, size = await self.reader.readexactly(2)
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        return first, await self.reader.readexactly(size)

    async def until_frame(self, first: int) -> bytes:
        async with asyncio.timeout(HANG):
            while True:
                found, payload = await self.read_frame()
                if found == first:
                    return payload
