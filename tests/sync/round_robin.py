"""A proxy in front of several processes that gives each request to the next one, whoever asks."""

from __future__ import annotations

import asyncio
import re
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle
from types import TracebackType
from typing import Self


class RoundRobin:
    """`ports`: of the processes. One request a connection, on both sides."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = cycle(ports)
        self._writers: set[StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._begin, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*self._passing)

    def _begin(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.create_task(self._pass_on(reader, writer))
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)

    async def _pass_on(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(IncompleteReadError, ConnectionError):  # whoever asked has hung up
            request = await read_request(reader)
            answer, question = await asyncio.open_connection("127.0.0.1", next(self._ports))
            self._writers.add(question)
            question.write(request)
            hung_up = asyncio.create_task(reader.read())
            hung_up.add_done_callback(lambda _: question.close())
            while part := await answer.read(65_536):
                writer.write(part)
            hung_up.cancel()
        writer.close()


async def read_request(reader: StreamReader) -> bytes:
    """A whole one, that asks for no second one over the same connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return re.sub(rb"(?i)\r\nconnection: [^\r]*", b"\r\nConnection: close", head) + body
