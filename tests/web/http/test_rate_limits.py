"""Too often is refused, with the time to wait; buckets refill and stay few."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from starlette.requests import Request
from starlette.routing import Route

from server.actions.people import accounts
from server.domain.errors import TooMany
from server.web.http.context import network_of
from server.web.http.rate_limits import RateLimit
from server.web.routes import create_routes
from tests.web.house import House
from tests.web.http.test_csrf import token_on


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_next_one_after_the_capacity_is_refused() -> None:
    limit = RateLimit(2, 60, Clock())
    limit.take("a")
    limit.take("a")
    with pytest.raises(TooMany) as refused:
        limit.take("a")
    assert refused.value.facts["seconds"] == 30


def test_waiting_as_long_as_told_is_enough() -> None:
    clock = Clock()
    limit = RateLimit(1, 60, clock)
    limit.take("a")
    clock.now += 60
    limit.take("a")


def test_a_refusal_does_not_lengthen_the_wait() -> None:
    clock = Clock()
    limit = RateLimit(1, 60, clock)
    limit.take("a")
    for _ in range(59):
        clock.now += 1
        with pytest.raises(TooMany):
            limit.take("a")
    clock.now += 1
    limit.take("a")


def test_keys_do_not_share_a_bucket() -> None:
    limit = RateLimit(1, 60, Clock())
    limit.take("a")
    limit.take("b")


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    limit = RateLimit(1, 60, Clock(), max_keys=2)
    for key in "abc":
        limit.take(key)
    limit.take("a")
    with pytest.raises(TooMany):
        limit.take("c")


def test_links_for_one_address_from_one_network_are_limited(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    async def send_login_link(_services: object, *, email: str, **_: str) -> None:
        sent.append(email)

    monkeypatch.setattr(accounts, "send_login_link", send_login_link)
    page = house.get("/login")
    cookies = {"__Host-kraftakt_visitor": page.cookies["__Host-kraftakt_visitor"]}
    data = {"csrf": token_on(page.text), "email": "Clara@example.org ", "next": "/"}
    answers = [house.post("/login", cookies=cookies, data=data).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    assert sent == ["clara@example.org"] * 3


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_all_addresses_of_one_line_are_one_network(address: str, network: str) -> None:
    """A single subscriber has 2^64 addresses of IPv6 (RFC 6177)."""
    assert network_of(Request({"type": "http", "client": (address, 1)})) == network


FILE = re.compile(r"^/declarations/.*(\.(pdf|zip|html|csv|\{format\})|/scan|/(log|board)\.json)$")
BY_LINK = re.compile(r"^/(workshop|vorschau)/")


def test_every_file_of_a_declaration_and_every_page_by_link_has_its_limit(house: House) -> None:
    """Before anything is looked up: what is not there is refused as well."""
    paths = [
        re.sub(r"\{\w+(:\w+)?\}", "1", route.path)
        for route in create_routes()
        if isinstance(route, Route) and (FILE.match(route.path) or BY_LINK.match(route.path))
        if "GET" in (route.methods or ())
    ]
    assert len(paths) >= 18
    cookies = {"__Host-kraftakt_session": "clara"}
    with patch.object(RateLimit, "take", side_effect=TooMany(seconds=9)):
        answers = {path: house.get(path, cookies=cookies).status_code for path in paths}
    assert {path: status for path, status in answers.items() if status != 429} == {}
