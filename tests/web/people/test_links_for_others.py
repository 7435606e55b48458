"""Asking for somebody's link never keeps that person out, and does not fill their mailbox."""

from __future__ import annotations

import re
from itertools import pairwise

import httpx
import pytest

from server.actions.people.accounts import LINK_TTL
from server.web.people import login
from tests.web.http.test_csrf import token_on
from tests.web.site import Site


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "ANSWER_AFTER", 0.0)


def ask_from(site: Site, address: str, email: str = "doris@example.org") -> str:
    """Status and where it leads."""

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(site.app, raise_app_exceptions=False, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url=site.world.settings.base_url) as client:
            page = await client.get("/login")
            return await client.post("/login", data={"csrf": token_on(page.text), "email": email})

    answer = site.world.run(run())
    return f"{answer.status_code} {answer.headers.get('location', '').partition('?')[0]}"


def links(site: Site) -> list[str]:
    mails = [mail for mail in site.mails if mail.recipient == "doris@example.org"]
    return [found[0] for mail in mails if (found := re.search(r"/login/[\w-]+", mail.body))]


def test_a_stranger_s_requests_do_not_count_for_the_person(site: Site) -> None:
    stranger = [ask_from(site, "192.0.2.1") for _ in range(5)]
    assert [answer[:3] for answer in stranger] == ["303", "303", "303", "429", "429"]
    assert ask_from(site, "198.51.100.1") == "303 /login/sent"
    assert len(links(site)) == 4


def test_a_flood_from_many_networks_is_answered_alike_and_ends_in_few_mails(site: Site) -> None:
    answers = {ask_from(site, f"192.0.2.{number}") for number in range(1, 40)}
    assert answers == {"303 /login/sent"}
    assert len(links(site)) == 12


def test_in_a_flood_the_newest_link_in_the_mailbox_works(site: Site) -> None:
    for number in range(1, 40):
        ask_from(site, f"192.0.2.{number}")
    doris, before = site.visitor(), len(site.mails)
    doris.open("/login")
    doris.send("/login", email="doris@example.org", next="/")
    assert len(site.mails) == before
    doris.open(links(site)[-1])
    assert doris.send(links(site)[-1]).location == "/"


def test_mail_that_is_left_out_comes_back_before_the_last_link_has_ended(site: Site) -> None:
    sent, since = [], site.world.time
    for minute in range(120):  # a flood for two hours
        before = len(site.mails)
        for number in range(3):
            ask_from(site, f"192.0.{minute}.{number}")
        if len(site.mails) > before:
            sent.append(minute)
        site.world.wait(minutes=1)
    assert site.world.time - since > LINK_TTL
    assert max(later - earlier for earlier, later in pairwise(sent)) <= LINK_TTL.total_seconds() / 60 / 2


def test_codes_of_documents_and_checks_of_files_are_counted_apart(site: Site) -> None:
    frank = site.visitor()
    assert {frank.open("/v/AAAA-BBBB-CCCC").status for _ in range(100)} == {404}
    frank.open("/verify")
    assert frank.send("/verify", pdf="text").status == 422


def test_a_town_hall_behind_one_address_can_sign_in(site: Site) -> None:
    answers = {ask_from(site, "192.0.2.1", f"person{number}@example.org") for number in range(100)}
    assert answers == {"303 /login/sent"}
