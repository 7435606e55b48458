"""What is written to a socket directly comes in the order of writing, and so do the loop's own bytes."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import uvloop

from server.web.live.quick_writer import QuickWriter, write_to_all

LIMIT = 1 << 30
PARTS = [bytes([number % 251]) * (1 + number * 37 % 5_000) for number in range(400)]
Scenario = Callable[[QuickWriter, asyncio.Transport, socket.socket], Awaitable[None]]


class Told(asyncio.Protocol):
    """Passes on what the transport says, as `LiveProtocol` does."""

    writer: QuickWriter

    def pause_writing(self) -> None:
        self.writer.hold()

    def resume_writing(self) -> None:
        self.writer.release()

    def connection_lost(self, _error: Exception | None) -> None:
        self.writer.end()


def tell(transport: asyncio.Transport, limit: int = LIMIT) -> QuickWriter:
    """A writer for it that hears what it says."""
    writer = QuickWriter(transport, limit)
    protocol = transport.get_protocol()
    assert isinstance(protocol, Told)
    protocol.writer = writer
    writer.begin()
    return writer


async def connect(end: socket.socket) -> asyncio.Transport:
    transport, _ = await asyncio.get_running_loop().create_connection(Told, sock=end)
    return transport


@pytest.fixture(params=[uvloop.new_event_loop, asyncio.new_event_loop], ids=["uvloop", "asyncio"])
def play(request: pytest.FixtureRequest) -> Callable[[Scenario], None]:
    """Runs a scenario with a transport and the other end, which reads nothing by itself."""

    async def with_pair(scenario: Scenario) -> None:
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        theirs.setblocking(False)
        transport = await connect(ours)
        try:
            await scenario(tell(transport), transport, theirs)
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


@pytest.mark.parametrize("drained", [20, 200], ids=["when little waits", "when much waits"])
def test_nothing_changes_places_when_the_reader_is_slow(
    play: Callable[[Scenario], None], drained: int
) -> None:
    async def scenario(writer: QuickWriter, transport: asyncio.Transport, theirs: socket.socket) -> None:
        came = b""
        for number, part in enumerate(PARTS):
            (transport if number % 5 == 4 else writer).write(part)  # every fifth is the loop's own
            if number == drained:
                assert transport.get_write_buffer_size() > 0
                came = theirs.recv(1 << 20)  # the kernel has room again, of which the loop knows nothing yet
        came += await read(theirs, len(b"".join(PARTS)) - len(came))
        assert came == b"".join(PARTS)
        writer.write(b"and on")
        assert await read(theirs, 6) == b"and on"

    play(scenario)


def test_a_closing_connection_gets_nothing_more(play: Callable[[Scenario], None], tmp_path: Path) -> None:
    """Its file's number may be somebody else's by then."""

    async def scenario(writer: QuickWriter, transport: asyncio.Transport, theirs: socket.socket) -> None:
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
    async def scenario(writer: QuickWriter, transport: asyncio.Transport, theirs: socket.socket) -> None:
        ours, gone = socket.socketpair()
        broken = await connect(ours)
        gone.close()
        write_to_all([tell(broken), writer], b"news")
        assert await read(theirs, 4) == b"news"
        broken.abort()

    play(scenario)


def test_what_the_loop_had_to_write_before_goes_first(play: Callable[[Scenario], None]) -> None:
    async def scenario(_: QuickWriter, other: asyncio.Transport, theirs: socket.socket) -> None:
        other.set_write_buffer_limits()  # as a transport begins
        other.write(bytes(1_000_000))
        writer = tell(other)
        came = theirs.recv(1 << 20)
        writer.write(b"second")
        assert await read(theirs, 1_000_006 - len(came)) == bytes(1_000_000 - len(came)) + b"second"

    play(scenario)


@pytest.mark.parametrize("whose", ["the writer's", "the loop's own"])
def test_who_does_not_read_is_cut_off_beyond_the_limit(play: Callable[[Scenario], None], whose: str) -> None:
    async def scenario(_: QuickWriter, transport: asyncio.Transport, __: socket.socket) -> None:
        writer = tell(transport, limit=100_000)
        written = 0
        while not transport.is_closing() and written < 1_000_000:
            assert transport.get_write_buffer_size() <= 100_000
            if whose == "the writer's":
                writer.write(bytes(1_000))
            else:
                transport.write(bytes(1_000))
                writer.cut_if_slow()
            written += 1_000
        assert transport.is_closing()

    play(scenario)


def test_over_tls_nothing_goes_past_the_transport(play: Callable[[Scenario], None], tmp_path: Path) -> None:
    theirs_trust, ours_shows = contexts(tmp_path)

    async def scenario(_: QuickWriter, __: asyncio.Transport, ___: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        loop = asyncio.get_running_loop()
        plain, protocol = await loop.create_connection(Told, sock=ours)
        reading = asyncio.create_task(
            asyncio.open_connection(sock=theirs, ssl=theirs_trust, server_hostname="kraftakt.example")
        )
        transport = await loop.start_tls(plain, protocol, ours_shows, server_side=True)
        assert transport is not None
        reader, other = await reading
        tell(transport).write(b"news")
        assert await reader.readexactly(4) == b"news"
        other.transport.abort()
        transport.abort()

    play(scenario)


def contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A reader's and a server's, with a certificate for the server."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=reader"
    more = "-addext subjectAltName=DNS:kraftakt.example -keyout key -out certificate"
    subprocess.run(f"{command} {more}".split(), cwd=folder, check=True, capture_output=True)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "certificate", folder / "key")
    return ssl.create_default_context(cafile=folder / "certificate"), server
