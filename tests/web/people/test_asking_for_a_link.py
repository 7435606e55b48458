"""Asking for a login link tells nobody whose addresses are known here, not even by the clock."""

from __future__ import annotations

import asyncio
import time

import pytest

from server.actions.people import accounts
from server.web.people import login
from tests.web.house import House
from tests.web.http.test_csrf import token_on


@pytest.mark.parametrize("work", [0.0, 0.05])
def test_the_answer_takes_the_same_time_whatever_there_was_to_do(
    house: House, monkeypatch: pytest.MonkeyPatch, work: float
) -> None:
    async def send_login_link(_services: object, **_: str) -> None:
        await asyncio.sleep(work)

    monkeypatch.setattr(accounts, "send_login_link", send_login_link)
    monkeypatch.setattr(login, "ANSWER_AFTER", 0.3)
    page = house.get("/login")
    cookies = {"__Host-kraftakt_visitor": page.cookies["__Host-kraftakt_visitor"]}
    began = time.monotonic()
    response = house.post(
        "/login", cookies=cookies, data={"csrf": token_on(page.text), "email": "a@b.example"}
    )
    assert response.headers["location"].startswith("/login/sent?asked=")
    assert time.monotonic() - began >= 0.3
