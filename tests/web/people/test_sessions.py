"""Cookies: who is signed in, and how well the browser guards that."""

from __future__ import annotations

import pytest

from server.actions.people import accounts
from server.actions.people.accounts import NewSession
from tests.web.house import CLARA, House
from tests.web.http.test_csrf import token_on


@pytest.fixture(autouse=True)
def _links(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look_at_link(_services: object, *, token: str) -> str:
        return "Clara"

    async def use_login_link(_services: object, *, token: str, language: str) -> NewSession:
        return NewSession(CLARA, "clara", "//evil.example")

    async def sign_out(_services: object, *, session_token: str) -> None:
        assert session_token == "clara"

    monkeypatch.setattr(accounts, "look_at_link", look_at_link)
    monkeypatch.setattr(accounts, "use_login_link", use_login_link)
    monkeypatch.setattr(accounts, "sign_out", sign_out)


def test_opening_the_link_signs_nobody_in(house: House) -> None:
    """Mail scanners open links."""
    page = house.get("/login/abc")
    assert "Als Clara anmelden?" in page.text
    assert "kraftakt_session" not in page.cookies


def test_pressing_the_button_sets_a_well_guarded_cookie(house: House) -> None:
    page = house.get("/login/abc")
    cookies = {"kraftakt_visitor": page.cookies["kraftakt_visitor"]}
    response = house.post("/login/abc", cookies=cookies, data={"csrf": token_on(page.text)})
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith("kraftakt_session="))
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "secure", "path=/", "max-age=1209600"} <= parts
    assert response.headers["location"] == "/"


def test_signing_out_ends_the_session_and_the_cookie(house: House) -> None:
    cookies = {"kraftakt_session": "clara"}
    token = token_on(house.get("/verify", cookies=cookies).text)
    response = house.post("/logout", cookies=cookies, data={"csrf": token})
    assert 'kraftakt_session=""' in response.headers["set-cookie"]
    assert "Max-Age=0" in response.headers["set-cookie"]


def test_the_header_names_who_is_signed_in(house: House) -> None:
    assert "Clara" in house.get("/verify", cookies={"kraftakt_session": "clara"}).text
    assert "Clara" not in house.get("/verify", cookies={"kraftakt_session": "old"}).text
