"""What comes before a body is bounded in size, number and time, with the fast path for sockets or without."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from server.web.live import bounded_http
from server.web.live.serving import create_server
from tests.waiting import HANG

FULL = b"GET / HTTP/1.1\r\nhost: a\r\n"


async def _app(scope: object, receive: object, send: object) -> None:
    if scope["type"] == "lifespan":  # type: ignore[index]
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]


@pytest.fixture(params=[True, False], ids=["fast sockets", "plain"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(
        _app, direct=request.param, lifespan="off", log_level="critical", timeout_graceful_shutdown=1
    )
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(HANG)
    listener.close()


def answer(port: int, *parts: bytes) -> bytes:
    """All that the server says until it closes the connection."""

    async def talk() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        heard = asyncio.create_task(_until_closed(reader))
        with contextlib.suppress(ConnectionError):
            for part in parts:
                writer.write(part)
                await writer.drain()
        said = await asyncio.wait_for(heard, HANG)
        writer.close()
        return said

    return asyncio.run(talk())


async def _until_closed(reader: asyncio.StreamReader) -> bytes:
    said = bytearray()
    with contextlib.suppress(ConnectionError):
        while part := await reader.read(65_536):
            said += part
    return bytes(said)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_http, "HEAD_TIMEOUT", 0.2)
    monkeypatch.setattr(bounded_http, "REST_TIMEOUT", 0.2)


LONG = b"x" * 100_000


@pytest.mark.parametrize(
    "parts",
    [
        (b"GET /" + LONG, *[LONG] * 50),
        (FULL + b"a: ", *[LONG] * 50),
        (FULL + b"a", *[LONG] * 50),
        (FULL + b"a: b\r\n" * 5_000, b"\r\n"),
        (FULL + b"transfer-encoding: chunked\r\n\r\n0\r\na: ", *[LONG] * 50),
        (FULL + b"transfer-encoding: chunked\r\n\r\n1;", *[LONG] * 50),
        ((FULL + b"\r\n") * 5_000,),
    ],
    ids=["address", "value", "name", "number", "trailer", "chunk extension", "pipeline"],
)
def test_what_has_no_end_is_refused(port: int, parts: tuple[bytes, ...]) -> None:
    said = answer(port, *parts)
    assert said.count(b"HTTP/1.1 200") <= bounded_http.MAX_PIPELINE + 1
    assert b"HTTP/1.1 431" in said or not said.endswith(b"ok")


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("part", [b"", b"\r\n", b"GET / HT", FULL, FULL + b"a: b"])
def test_a_head_that_stops_coming_is_cut(port: int, part: bytes) -> None:
    assert b"200" not in answer(port, part)


@pytest.mark.usefixtures("_at_once")
def test_the_rest_of_a_body_that_was_answered_is_not_awaited_for_ever(port: int) -> None:
    assert answer(port, FULL + b"content-length: 1000000\r\n\r\nbegin").endswith(b"ok")


def test_an_ordinary_request_passes_and_the_connection_is_kept(port: int) -> None:
    cookie = b"cookie: " + b"c" * 8_000 + b"\r\n"
    last = FULL + b"connection: close\r\n\r\n"
    assert answer(port, FULL + cookie + b"\r\n", FULL + b"\r\n", last).count(b"HTTP/1.1 200") == 3
