"""In a rush on what is public: the same answers as else, over a real socket, past everything behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from server.web.http.kept import feeds
from server.web.http.kept.quick import QuickAnswers, takes_gzip
from server.web.live.serving import create_server
from server.web.live.web_server import WebServer
from tests.sync.live_server import listening_socket
from tests.waiting import HANG
from tests.web.release.test_addenda import confirm, propose
from tests.web.release.test_public_page import E, public
from tests.web.release.test_release_gate import HOUR, embargoed
from tests.web.site import Site
from tests.world import SLUG

__all__ = ["embargoed", "public"]
HOST = b"Host: localhost\r\n"
PAGE = f"GET {E} HTTP/1.1\r\n".encode() + HOST
END = b"\r\n"
Connect = Callable[[], AbstractAsyncContextManager["Connection"]]
Answer = tuple[bytes, dict[bytes, bytes], bytes]
"""Status line, headers, body."""


class Gate:
    """The application, and how many requests reached it."""

    def __init__(self, site: Site) -> None:
        self.site, self.reached = site, 0
        self.connections: set[Any] = set()
        self.open = asyncio.Event()
        self.open.set()

    @property
    def answers(self) -> QuickAnswers:
        quick: QuickAnswers = self.site.app.state.quick
        return quick

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached += 1
        await self.open.wait()
        await self.site.app(scope, receive, send)


@asynccontextmanager
async def served(gate: Gate, *, quick: bool = True) -> AsyncIterator[Connect]:
    listener = listening_socket()
    server = create_server(
        gate,
        direct=True,
        answers=gate.answers if quick else None,
        lifespan="off",
        log_level="critical",
        server_header=False,
    )
    gate.connections = server.server_state.connections
    serving = asyncio.create_task(server.serve([listener]))

    @asynccontextmanager
    async def connect() -> AsyncIterator[Connection]:
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        yield Connection(reader, writer)
        writer.close()

    yield connect
    assert isinstance(server, WebServer)
    server.stop()
    await serving
    listener.close()


@asynccontextmanager
async def connected(gate: Gate) -> AsyncIterator[Connection]:
    async with served(gate) as connect, connect() as connection:
        yield connection


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, request: bytes) -> Answer:
        self.send(request)
        return await self.hear(has_body=not request.startswith(b"HEAD"))

    def send(self, data: bytes) -> None:
        self._writer.write(data)

    async def hear(self, *, has_body: bool = True) -> Answer:
        async with asyncio.timeout(HANG):
            head = await self._reader.readuntil(b"\r\n\r\n")
            status, *lines = head[:-4].split(b"\r\n")
            headers = dict(line.split(b": ", 1) for line in lines)
            length = int(headers.get(b"content-length", b"0")) if has_body else 0
            return status, headers, await self._reader.readexactly(length)

    async def rest(self) -> bytes:
        """Until the server ends it."""
        async with asyncio.timeout(HANG):
            return await self._reader.read()


@pytest.fixture(autouse=True)
def _nothing_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine more than a second may pass between two requests."""
    monkeypatch.setattr(feeds, "FRESH", 1e9)


def compared(answer: Answer) -> Answer:
    """Without what is of one answer alone. An error's page is: it names the request and sets a cookie."""
    status, headers, body = answer
    if status[9:12] not in (b"200", b"304"):
        return status, {b"connection": headers.get(b"connection", b"")}, b""
    return status, {key: headers[key] for key in headers.keys() - {b"date", b"x-request-id"}}, body


PLAIN = {
    "again": PAGE + END,
    "closed afterwards": PAGE + b"Connection: close\r\n" + END,
    "kept": PAGE + b"Connection: Keep-Alive\r\n" + END,
    "packed": PAGE + b"Accept-Encoding: gzip, br\r\n" + END,
    "packed, not wanted": PAGE + b"Accept-Encoding: gzip;q=0, br\r\n" + END,
    "packed, wanted less": PAGE + b"Accept-Encoding: br;q=1.0, gzip;q=0.8, *;q=0.1\r\n" + END,
    "another coding": PAGE + b"Accept-Encoding: x-gzip\r\n" + END,
    "another language": PAGE + b"Accept-Language: en\r\n" + END,
    "somebody signed in": PAGE + b"Cookie: kraftakt_session=TOKEN; kraftakt_language=en\r\n" + END,
    "another host": f"GET {E} HTTP/1.1\r\nhost: [::1]:8000\r\n\r\n".encode(),
    "no host's value": f"GET {E} HTTP/1.1\r\nHost:\r\n\r\n".encode(),
    "known": PAGE + b"If-None-Match: TAG\r\n" + END,
    "known among others": PAGE + b'If-None-Match: "a", W/TAG\r\n' + END,
    "known as packed": PAGE + b"If-None-Match: PACKED\r\nAccept-Encoding: gzip\r\n" + END,
    "unknown": PAGE + b'If-None-Match: "a"\r\n' + END,
    "from another site": PAGE + b"Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n" + END,
    "through a proxy": PAGE + b"X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Host: evil.example\r\n" + END,
    "a file": f"GET {E}/text.txt HTTP/1.1\r\n".encode() + HOST + END,
    "a picture": f"GET {E}/bild.png HTTP/1.1\r\nAccept-Encoding: gzip\r\n".encode() + HOST + END,
    "an embed": f"GET {E}/einbetten HTTP/1.1\r\n".encode() + HOST + END,
    "data": f"GET /api/v1/declarations/{SLUG} HTTP/1.1\r\n".encode() + HOST + END,
}
"""Answered at once when it was asked for before."""
ODD = {
    "head only": PAGE.replace(b"GET", b"HEAD") + END,
    "posted": PAGE.replace(b"GET", b"POST") + b"Content-Length: 0\r\n" + END,
    "small letters": PAGE.replace(b"GET", b"get") + END,
    "a body": PAGE + b"Content-Length: 5\r\n" + END + b"GET /",
    "an empty body": PAGE + b"Content-Length: 0\r\n" + END,
    "a body in pieces": PAGE + b"Transfer-Encoding: chunked\r\n" + END + b"5\r\nGET /\r\n0\r\n\r\n",
    "a body behind a space": PAGE + b"Content-Length : 5\r\n" + END + b"GET /",
    "a body in the next line": PAGE + b"X: a\r\n Content-Length: 5\r\n" + END,
    "a body behind a bare line feed": PAGE + b"X: a\nContent-Length: 5\r\n" + END + b"GET /",
    "a body behind a bare return": PAGE + b"X: a\rContent-Length: 5\r\n" + END + b"GET /",
    "a line without a colon": PAGE + b"nothing\r\n" + END,
    "no name": PAGE + b": value\r\n" + END,
    "a null": PAGE + b"X: a\0b\r\n" + END,
    "two hosts": PAGE + HOST + END,
    "no host": f"GET {E} HTTP/1.1\r\n\r\n".encode(),
    "an older version": PAGE.replace(b"1.1", b"1.0") + END,
    "a newer version": PAGE.replace(b"1.1", b"2.0") + END,
    "two spaces": PAGE.replace(b" HTTP", b"  HTTP") + END,
    "a query": PAGE.replace(b" HTTP", b"?lang=en HTTP") + END,
    "an empty query": PAGE.replace(b" HTTP", b"? HTTP") + END,
    "a part": PAGE.replace(b" HTTP", b"#a HTTP") + END,
    "escapes": PAGE.replace(b"/e/", b"/%65/") + END,
    "a slash more": PAGE.replace(b"/e/", b"//e/") + END,
    "dots": PAGE.replace(b"/e/", b"/e/../e/") + END,
    "a whole address": PAGE.replace(b"/e/", b"http://localhost/e/") + END,
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HOST + END,
    "a range": PAGE + b"Range: bytes=0-9\r\n" + END,
    "an expectation": PAGE + b"Expect: 100-continue\r\n" + END,
    "an upgrade": PAGE + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + END,
    "what nobody knows": PAGE.replace(b" HTTP", b"/gibt-es-nicht HTTP") + END,
    "what is not public": b"GET /declarations HTTP/1.1\r\n" + HOST + END,
}
"""Goes the usual way, whatever was asked for before."""


def test_every_answer_is_what_it_is_without_the_short_cut(public: Site) -> None:
    """Byte for byte, and header for header but for date and request id. Plain ones never reach the
    application; of odd ones those that do without it."""
    token = public.sign_in("clara").encode()
    tag = public.visitor().open(E, Accept_Encoding="identity").headers["etag"].encode()
    known = {b"TOKEN": token, b"PACKED": tag[:-1] + b'-gzip"', b"TAG": tag}
    usual, gate = Gate(public), Gate(public)
    wrong: list[str] = []

    async def compare(name: str, request: bytes, plain: Connect, quick: Connect) -> None:
        for word, value in known.items():
            request = request.replace(word, value)
        before, reached = usual.reached, gate.reached
        async with plain() as one, quick() as other:
            expected, answer = compared(await one.ask(request)), compared(await other.ask(request))
            if answer != expected:
                wrong.append(f"{name}: {answer[:2]} instead of {expected[:2]}")
            if b"close" in expected[1].get(b"connection", b"") and (await one.rest() or await other.rest()):
                wrong.append(f"{name}: goes on")
        if gate.reached - reached != (0 if name in PLAIN else usual.reached - before):
            wrong.append(f"{name}: reached the application {gate.reached - reached} times")

    async def compare_all() -> None:
        async with served(usual, quick=False) as plain, served(gate) as quick:
            async with plain() as first:
                for name in ("again", "packed", "a file", "a picture", "an embed", "data"):
                    assert (await first.ask(PLAIN[name]))[0] == b"HTTP/1.1 200 OK"
            for name, request in (PLAIN | ODD).items():
                await compare(name, request, plain, quick)

    public.world.run(compare_all())
    assert wrong == []


async def _turns() -> None:
    """Of the loop, until what was sent has been read."""
    for _ in range(50):
        await asyncio.sleep(0)


def test_nothing_overtakes_an_answer_that_is_still_to_come(public: Site) -> None:
    gate = Gate(public)

    async def talk() -> None:
        async with connected(gate) as connection:
            page = compared(await connection.ask(PAGE + END))
            gate.open.clear()
            connection.send(ODD["a query"])
            await _turns()
            connection.send(PAGE + END)
            await _turns()
            assert gate.reached == 2  # the third waits behind the second
            gate.open.set()
            assert (await connection.hear())[1][b"content-language"] == b"en"
            assert compared(await connection.hear()) == page

    public.world.run(talk())


def test_pieces_and_requests_sent_ahead_are_answered_in_order(public: Site) -> None:
    """One comes in two pieces, then two in one, then one alone."""
    gate = Gate(public)

    async def talk() -> None:
        async with connected(gate) as connection:
            page = compared(await connection.ask(PAGE + END))
            text = compared(await connection.ask(PLAIN["a file"]))
            connection.send(PAGE)
            await _turns()
            connection.send(b"X: a\r\n" + END)
            connection.send(PLAIN["a file"] + PAGE + END)
            connection.send(PLAIN["a file"])
            heard = [compared(await connection.hear()) for _ in range(4)]
            assert heard == [page, text, page, text]
            connection.send(PAGE + b"Content-Length: 3\r\n" + END)
            assert compared(await connection.hear()) == page
            connection.send(PLAIN["again"])  # its first three bytes are the body
            assert (await connection.rest()).startswith(b"HTTP/1.1 400 ")

    public.world.run(talk())


def test_the_hour_passes_between_two_requests_on_one_connection(embargoed: Site) -> None:
    world, gate = embargoed.world, Gate(embargoed)

    async def talk() -> None:
        async with connected(gate) as connection:
            for seconds, status in ((2, b"404"), (1, b"404"), (0, b"200"), (-1, b"200")):
                world.time = HOUR - timedelta(seconds=seconds)
                said, headers, _ = await connection.ask(PAGE + END)
                assert said.startswith(b"HTTP/1.1 " + status), seconds
                assert (headers[b"cache-control"] == b"no-store") is (status == b"404")
            assert gate.reached == 3

    world.run(talk())


def test_who_withdraws_a_declaration_sees_it_withdrawn_at_once(public: Site) -> None:
    gate, seen = Gate(public), []

    async def look() -> None:
        async with connected(gate) as connection:
            for _ in range(2):
                seen.append((await connection.ask(PAGE + END))[2])

    public.world.run(look())
    assert propose(public, kind="withdrawal") == 303
    assert confirm(public) == 303
    public.world.run(look())
    before, again, after, at_last = (b"zurueckziehung.pdf" in body for body in seen)
    assert (before, again, after, at_last) == (False, False, True, True)
    assert gate.reached == 2


def test_what_is_packed_is_the_page_and_has_a_validator_of_its_own(public: Site) -> None:
    visitor = public.visitor()
    packed = public.world.run(visitor._client.get(E, headers={"Accept-Encoding": "gzip"}))
    plain = public.world.run(visitor._client.get(E, headers={"Accept-Encoding": "identity"}))
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    for known in (packed.headers["etag"], plain.headers["etag"]):
        assert visitor.open(E, If_None_Match=known).status == 304
    for accepted, takes in (("", False), ("br, GZIP", True), ("gzip;q=0.0", False), ("gzip; q=0.5", True)):
        assert takes_gzip(accepted) is takes, accepted


def test_a_connection_ends_some_time_after_its_last_answer(public: Site) -> None:
    """One timer for many answers."""
    gate = Gate(public)

    async def talk() -> None:
        async with connected(gate) as connection:
            for _ in range(3):
                await connection.ask(PAGE + END)
            (protocol,) = gate.connections
            timer = protocol.timeout_keep_alive_task
            loop = asyncio.get_running_loop()
            assert 0 < timer.when() - loop.time() <= protocol.timeout_keep_alive
            protocol.timeout_keep_alive_handler()
            later = protocol.timeout_keep_alive_task
            assert later is not timer
            protocol._answered_at -= protocol.timeout_keep_alive
            protocol.timeout_keep_alive_handler()
            assert await connection.rest() == b""

    public.world.run(talk())
