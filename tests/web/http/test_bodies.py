"""Bodies of requests: what can be refused is refused unread, and nothing in them costs more than usual."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

import httpx
import pytest
from starlette.requests import Request

from server.domain.errors import InvalidInput, KraftaktError, Overloaded, TooMuchText
from server.web.http.bodies.bodies import MULTIPART, URLENCODED, USUAL, Takes, ensure_type, read_fields
from server.web.http.bodies.body_budget import LEAST, PER_NETWORK, BodyBudget
from server.web.http.bodies.multipart import MAX_FIELD, MAX_PARTS, MultipartReader
from tests.cost import measured
from tests.web.house import House
from tests.web.http.test_csrf import token_on

MEGABYTE = 1024 * 1024
UPLOAD = f"{MULTIPART}; boundary=mark"
SMALL_COST = 0.1
"""Seconds of processor time for one piece."""


class Body:
    """Sent in pieces; knows how many were taken."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self.taken = 0

    def __call__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.taken += 1
            yield piece


def part(name: str, value: bytes, filename: str = "") -> bytes:
    file = f'; filename="{filename}"' if filename else ""
    head = f'--mark\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + value + b"\r\n"


END = b"--mark--\r\n"


def read(content_type: str, body: bytes, ensure: Callable[[object], None] = lambda _: None) -> object:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", content_type.encode())]}
    return asyncio.run(read_fields(Request(scope, receive), ensure))


def post(house: House, path: str, body: Body, **headers: str) -> int:
    """The status, of a browser that has opened a page."""
    page = house.get("/login")
    sent = {
        "content-type": UPLOAD,
        "cookie": f"__Host-kraftakt_visitor={page.cookies['__Host-kraftakt_visitor']}",
    }

    async def pieces() -> object:
        for piece in body():
            yield piece

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(house.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=house.base_url) as client:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.post(path, content=pieces(), headers=sent | names)

    return house.run(run()).status_code


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "application/json"}, 415),
        ({"content_type": "text/plain"}, 415),
        ({"origin": "https://evil.example"}, 403),
        ({"cookie": ""}, 403),
        ({"x_csrf_token": "0" * 64}, 403),
    ],
)
def test_what_a_head_gives_away_is_refused_without_reading_the_body(
    house: House, headers: dict[str, str], status: int
) -> None:
    body = Body([b"x" * 1000] * 3)
    assert post(house, "/verify", body, **headers) == status
    assert body.taken == 0


def test_too_often_is_refused_without_reading_the_body(house: House) -> None:
    statuses = []
    body = Body([b"x"])
    while 429 not in statuses and len(statuses) < 1000:
        body = Body([b"x"])
        statuses.append(post(house, "/verify", body))
    assert (statuses[-1], body.taken) == (429, 0)
    assert len(statuses) > 40  # a town hall shares an address


def test_a_file_is_not_read_before_the_token(house: House) -> None:
    pieces = [part("pdf", b"x" * 70_000, "a.pdf"), *[b"x" * 70_000] * 50, part("csrf", b"later"), END]
    body = Body(pieces)
    assert post(house, "/verify", body) == 403
    assert body.taken < 5


@pytest.mark.parametrize("path", ["/passkeys/begin", "/passkeys/finish"])
def test_json_routes_take_json_only(house: House, path: str) -> None:
    page = house.get("/verify", cookies={"__Host-kraftakt_session": "clara"})
    token = {"X-CSRF-Token": token_on(page.text)}
    sent = house.post(path, cookies={"__Host-kraftakt_session": "clara"}, headers=token, data={"a": "b"})
    assert sent.status_code == 415


@pytest.mark.parametrize("takes", list(Takes))
def test_a_type_is_read_without_its_parameters_and_not_by_its_beginning(takes: Takes) -> None:
    def request(kind: str) -> Request:
        return Request({"type": "http", "headers": [(b"content-type", kind.encode())]})

    for kind in takes.value:
        ensure_type(request(f"{kind.upper()} ; charset=utf-8"), takes)
        with pytest.raises(KraftaktError):
            ensure_type(request(f"{kind}x"), takes)


def test_a_form_with_a_file_is_read_like_any_other() -> None:
    body = part("csrf", b"t") + part("pdf", b"%PDF\r\n--mar", "a.pdf") + part("last", "ä".encode()) + END
    for size in (1, 2, 7, 64, len(body)):
        reader = MultipartReader(UPLOAD, lambda _: None)
        for start in range(0, len(body), size):
            reader.feed(body[start : start + size])
        fields = reader.finish()
        assert (fields["csrf"], fields["last"]) == ("t", "ä")
        assert fields["pdf"].file.read() == b"%PDF\r\n--mar"  # type: ignore[attr-defined]
        reader.close()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--mark",
        b"--mark--"[:-1],
        b"--markx\r\n",
        part("a", b"b"),
        b"--mark\r\na: b\r\n\r\nc\r\n" + END,
        b"--mark\r\n" + b"a: b\r\n" * 1000 + b"\r\n\r\n" + END,
        b"".join(part(f"a{number}", b"b") for number in range(MAX_PARTS + 1)) + END,
        part("a", b"x" * (MAX_FIELD + 1)) + END,
        part("a", b"x", "a.pdf") + part("b", b"y", "b.pdf") + END,
    ],
)
def test_what_is_no_form_of_ours_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        read(UPLOAD, body)


@pytest.mark.parametrize("kind", [MULTIPART, f"{MULTIPART}; boundary=", f"{MULTIPART}; boundary={'x' * 71}"])
def test_a_boundary_has_a_length(kind: str) -> None:
    with pytest.raises(InvalidInput):
        read(kind, b"")


@pytest.mark.parametrize("kind", [URLENCODED, "application/json"])
def test_a_body_in_memory_is_small(kind: str) -> None:
    with pytest.raises(TooMuchText):
        read(kind, b"a" * (USUAL.body + 1))


@pytest.mark.parametrize("filler", [b"&", b"=", b"%", b"+", b"a=&", b"%zz", b";", b"\x00", b"\xff"])
def test_no_form_costs_much(filler: bytes) -> None:
    body = (filler * USUAL.body)[: USUAL.body]
    with measured() as cost, contextlib.suppress(InvalidInput):
        read(URLENCODED, body)
    assert cost.seconds < SMALL_COST


NEAR = [
    b"\r\n--mar",
    b"\r\n--marm",
    b"\r",
    b"\r\n",
    b"\r\n-",
    b"-",
    b"m",
    b"\r\n--mark"[:-1] + b"\r\n--mark"[:-1],
]


@pytest.mark.parametrize("near", NEAR)
@pytest.mark.parametrize("boundary", [b"mark", b"-" * 69 + b"k", b"m" * 69 + b"k"])
def test_what_is_nearly_a_boundary_costs_no_more_than_anything_else(near: bytes, boundary: bytes) -> None:
    head = b"--" + boundary + b'\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    reader = MultipartReader(f"{MULTIPART}; boundary={boundary.decode()}", lambda _: None)
    reader.feed(head)
    piece = ((b"\r\n--" + boundary)[:-1] + near) * MEGABYTE
    piece = piece[: 64 * 1024]
    with measured() as cost:
        for _ in range(8):
            reader.feed(piece)
    assert cost.seconds < 8 * SMALL_COST / 2
    reader.close()


def test_bodies_share_their_room_and_one_network_gets_a_part() -> None:
    budget = BodyBudget(capacity=400_000, per_network=200_000)
    lahr, also_lahr, kehl = budget.share("lahr"), budget.share("lahr"), budget.share("kehl")
    lahr.ensure(150_000)
    with pytest.raises(Overloaded):
        also_lahr.ensure(60_000)
    kehl.ensure(200_000)
    lahr.end()
    also_lahr.ensure(150_000)
    with pytest.raises(Overloaded):
        budget.share("offenburg").ensure(100_000)
    kehl.end()
    budget.share("offenburg").ensure(200_000)


def test_too_many_bodies_at_once_are_refused_with_a_sentence(house: House) -> None:
    many = PER_NETWORK // LEAST

    async def post_all() -> list[int]:
        transport = httpx.ASGITransport(house.app, raise_app_exceptions=False)
        waiting = asyncio.Event()

        async def body() -> object:
            yield b"x"
            await waiting.wait()

        headers = {"content-type": URLENCODED, "cookie": "__Host-kraftakt_visitor=x"}
        async with httpx.AsyncClient(transport=transport, base_url=house.base_url) as client:
            begun = [
                asyncio.create_task(client.post("/echo", content=body(), headers=headers))
                for _ in range(many + 1)
            ]
            done, _ = await asyncio.wait(begun, return_when=asyncio.FIRST_COMPLETED)
            waiting.set()
            await asyncio.wait(begun)
            assert "Im Augenblick wird uns zu viel" in next(iter(done)).result().text
            return [task.result().status_code for task in done]

    assert house.run(post_all()) == [503]  # type: ignore[arg-type,comparison-overlap]
