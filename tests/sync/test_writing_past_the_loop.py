"""What is written to a socket directly comes in the order of writing, and so do the loop's own bytes."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import uvloop

from server.web.quick_writer import QuickWriter, write_to_all

PARTS = [bytes([number % 251]) * (1 + number * 37 % 5_000) for number in range(400)]
Scenario = Callable[[asyncio.Transport, socket.socket], Awaitable[None]]


@pytest.fixture(params=[uvloop.new_event_loop, asyncio.new_event_loop], ids=["uvloop", "asyncio"])
def play(request: pytest.FixtureRequest) -> Callable[[Scenario], None]:
    """Runs a scenario with a transport and the other end, which reads nothing by itself."""

    async def with_pair(scenario: Scenario) -> None:
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        theirs.setblocking(False)
        transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=ours)
        try:
            await scenario(transport, theirs)
        finally:
            transport.abort()
            theirs.close()

    def run(scenario: Scenario) -> None:
        with asyncio.Runner(loop_factory=request.param) as runner:
            runner.run(with_pair(scenario))

    return run


async def read(end: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += await asyncio.get_running_loop().sock_recv(end, 65_536)
    return data


def test_nothing_changes_places_when_the_reader_is_slow(play: Callable[[Scenario], None]) -> None:
    async def scenario(transport: asyncio.Transport, theirs: socket.socket) -> None:
        writer = QuickWriter(transport)
        for number, part in enumerate(PARTS):
            (transport if number % 5 == 4 else writer).write(part)  # every fifth is the loop's own
        assert transport.get_write_buffer_size() > 0
        assert await read(theirs, len(b"".join(PARTS))) == b"".join(PARTS)
        writer.write(b"and on")
        assert await read(theirs, 6) == b"and on"

    play(scenario)


def test_a_closing_connection_gets_nothing_more(play: Callable[[Scenario], None], tmp_path: Path) -> None:
    """Its file's number may be somebody else's by then."""

    async def scenario(transport: asyncio.Transport, theirs: socket.socket) -> None:
        writer = QuickWriter(transport)
        transport.close()
        while await asyncio.get_running_loop().sock_recv(theirs, 1):
            pass  # until the other end hears of it
        others = [os.open(tmp_path / str(number), os.O_CREAT | os.O_WRONLY) for number in range(20)]
        writer.write(b"for nobody")
        for other in others:
            os.close(other)

    play(scenario)
    assert all(path.stat().st_size == 0 for path in tmp_path.iterdir())


def test_one_that_is_gone_does_not_keep_the_others_from_theirs(play: Callable[[Scenario], None]) -> None:
    async def scenario(transport: asyncio.Transport, theirs: socket.socket) -> None:
        ours, gone = socket.socketpair()
        broken, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=ours)
        gone.close()
        write_to_all([QuickWriter(broken), QuickWriter(transport)], b"news")
        assert await read(theirs, 4) == b"news"
        broken.abort()

    play(scenario)
