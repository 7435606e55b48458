"""Signing in through a municipality's provider, against a provider in software."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
import pytest
from joserfc.jwk import KeySet, RSAKey

from server.actions.people.provider.client import MAX_ANSWER, ProviderClient
from server.domain.audit import Tag
from server.domain.people.providers import Provider
from server.settings import BadSettings, read_settings
from server.storage.record import audit
from tests.web.site import HOME, Page, Site, Visitor

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""The provider's own, from its thread."""


class Network(httpx.AsyncBaseTransport):
    """The way to the provider; `lies` changes what comes back, by the end of the address."""

    def __init__(self) -> None:
        self.lies: dict[str, object] = {}
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        for end, answer in self.lies.items():
            if request.url.path.endswith(end):
                if isinstance(answer, Exception):
                    raise answer
                if isinstance(answer, bytes):
                    return httpx.Response(200, stream=httpx.ByteStream(answer))
                return httpx.Response(200, stream=httpx.ByteStream(json.dumps(answer).encode()))
        return await self._inner.handle_async_request(request)


class Town:
    """Offenburg's provider, and the site that trusts it."""

    def __init__(self, site: Site, issuer: str) -> None:
        self.network, self.issuer = Network(), issuer
        provider = Provider(
            "offenburg",
            "Stadt Offenburg",
            "08317096",
            issuer,
            "kraftakt",
            "geheim",
            frozenset({"example.org"}),
        )
        site.world.time = datetime.now(UTC)
        site.world.services = replace(
            site.world.services, providers=(provider,), provider_client=ProviderClient(self.network)
        )
        self.site = Site(site.world)

    def claim(self, subject: str, **claims: object) -> None:
        httpx.put(f"{self.issuer}/users/{subject}", json=claims).raise_for_status()

    def go(self, visitor: Visitor, subject: str, path: str = "/login/with/offenburg") -> str:
        """To the provider, signed in there; the address that it leads back to."""
        address = visitor.open(path).location
        answer = httpx.post(address, data={"sub": subject})
        return answer.headers["location"].removeprefix(self.site.world.settings.base_url)

    def enter(self, visitor: Visitor, subject: str) -> Page:
        return visitor.open(self.go(visitor, subject))

    def link(self, visitor: Visitor, subject: str, name: str) -> Page:
        form = self.enter(visitor, subject).location
        visitor.open(form)
        return visitor.send(form, code=self.site.newest_code(name))

    @property
    def last(self) -> Tag:
        return self.site.world.read(audit.list_events, "")[-1].tag


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with oidc_provider_mock.run_server_in_thread() as server:
            yield f"http://localhost:{server.server_port}"
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join(1)


@pytest.fixture
def town(site: Site, issuer: str) -> Town:
    return Town(site, issuer)


def test_the_first_time_a_code_goes_to_the_person_s_own_address(town: Town) -> None:
    town.claim("a-1", email="Anna@example.org", email_verified=True)
    anna = town.site.visitor()
    assert "Stadt Offenburg" in anna.open(f"/login?next={HOME}").text
    came = anna.open(town.go(anna, "a-1", f"/login/with/offenburg?next={HOME}"))
    assert (came.status, came.location.startswith("/login/code/")) == (303, True)
    assert anna.open(HOME).status == 303
    anna.open(came.location)
    assert anna.send(came.location, code=town.site.newest_code("anna")).location == HOME
    assert anna.open(HOME).status == 200
    assert town.last is Tag.IDENTITY_LINK
    assert town.issuer in anna.open("/account").text


def test_afterwards_issuer_and_subject_count_and_never_the_address(town: Town) -> None:
    town.claim("a-2", email="anna@example.org")
    town.link(town.site.visitor(), "a-2", "anna")
    town.claim("a-2", email="clara@example.org")
    again = town.site.visitor()
    assert town.enter(again, "a-2").location == "/"
    assert "anna@example.org" in again.open("/account").text
    assert town.last is Tag.IDENTITY_USE


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "niemand@example.org"},
        {"email": "anna@elsewhere.example"},
        {"email": "anna@example.org", "email_verified": False},
        {"email": "anna@example.org", "email_verified": "true"},
        {"email": ["anna@example.org"]},
        {},
    ],
)
def test_who_was_not_invited_is_told_so(town: Town, claims: dict[str, object]) -> None:
    town.claim("x-1", **claims)
    before = len(town.site.mails)
    page = town.enter(town.site.visitor(), "x-1")
    assert page.status == 422
    assert page.main_links == [("/login", "Link zusenden lassen")]
    assert len(town.site.mails) == before


def test_a_provider_that_lies_about_the_address_gets_nowhere_without_the_code(town: Town) -> None:
    town.claim("liar", email="clara@example.org", email_verified=True)
    liar = town.site.visitor()
    form = town.enter(liar, "liar").location
    liar.open(form)
    for left in (4, 3, 2, 1):
        assert f"Verbleibende Versuche: {left}." in liar.send(form, code="00000000").text
    assert "fünfmal falsch" in liar.send(form, code="00000000").text
    assert liar.send(form, code=town.site.newest_code("clara")).status == 422
    assert liar.open(HOME).status == 303
    assert town.last is Tag.IDENTITY_REFUSE


def test_the_code_belongs_to_the_browser_that_came_from_the_provider(town: Town) -> None:
    town.claim("a-3", email="anna@example.org")
    anna, other = town.site.visitor(), town.site.visitor()
    form = town.enter(anna, "a-3").location
    other.open(form)
    assert other.send(form, code=town.site.newest_code("anna")).status == 422


def test_a_wrong_signature_is_refused(town: Town) -> None:
    town.claim("a-4", email="anna@example.org")
    stranger = KeySet([RSAKey.generate_key(2048, {"alg": "RS256"})])
    town.network.lies["/jwks"] = stranger.as_dict(private=False)
    page = town.enter(town.site.visitor(), "a-4")
    assert page.status == 422
    assert "nicht bestätigt" in page.text


# The provider's clock is the real one and runs on meanwhile: a minute of room on either side.
@pytest.mark.parametrize("minutes", [-4, 4])
def test_a_clock_that_is_minutes_off_still_signs_in(town: Town, minutes: int) -> None:
    town.claim("a-5", email="anna@example.org")
    visitor = town.site.visitor()
    town.site.world.time = datetime.now(UTC) + timedelta(minutes=minutes)
    assert town.enter(visitor, "a-5").status == 303


@pytest.mark.parametrize("minutes", [-7, 7])
def test_a_clock_further_off_is_named(town: Town, minutes: int) -> None:
    town.claim("a-6", email="anna@example.org")
    town.site.world.time = datetime.now(UTC) + timedelta(minutes=minutes)
    page = town.enter(town.site.visitor(), "a-6")
    assert (page.status, "mehr als fünf Minuten" in page.text) == (422, True)


def test_an_answer_belongs_to_its_browser_and_counts_once(town: Town) -> None:
    town.claim("a-7", email="anna@example.org")
    anna, other = town.site.visitor(), town.site.visitor()
    other.open("/")
    back = town.go(anna, "a-7")
    assert other.open(back).status == 422
    assert anna.open(back).status == 303
    assert anna.open(back).status == 422


@pytest.mark.parametrize(
    "fields", [{}, {"state": "x", "code": "y"}, {"state": "ä.b", "code": "y"}, {"code": "x" * 3000}]
)
def test_an_answer_of_one_s_own_is_refused(town: Town, fields: dict[str, str]) -> None:
    visitor = town.site.visitor()
    visitor.open("/")
    assert visitor.open(f"/login/with/offenburg/back?{urlencode(fields)}").status == 422


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://elsewhere.example"},
        {},
        b"[]",
        b"<html>",
        b"{" + b" " * MAX_ANSWER + b"}",
        httpx.ConnectError("down"),
        httpx.ReadTimeout("slow"),
    ],
)
def test_a_provider_that_answers_otherwise_is_left_alone(town: Town, lie: object) -> None:
    town.network.lies["/openid-configuration"] = lie
    page = town.site.visitor().open("/login/with/offenburg")
    assert page.status == 503
    assert page.main_links == [("/login", "Link zusenden lassen")]


def test_an_unknown_provider_is_not_found(town: Town) -> None:
    assert town.site.visitor().open("/login/with/nobody").status == 404


@pytest.mark.parametrize("text", ["", "{}x", '[{"key": "a"}]', '["a"]', '[{"domains": [1]}]'])
def test_a_file_that_is_none_is_named(tmp_path: object, text: str) -> None:
    path = f"{tmp_path}/oidc.json"
    with open(path, "w") as file:  # noqa: PTH123
        file.write(text)
    with pytest.raises(BadSettings, match="KRAFTAKT_OIDC"):
        read_settings({"KRAFTAKT_DATA": str(tmp_path), "KRAFTAKT_OIDC": path})
