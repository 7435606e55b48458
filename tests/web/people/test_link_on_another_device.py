"""A link that is opened elsewhere than where it was asked for needs the six digits shown there."""

from __future__ import annotations

import re

import pytest

from server.domain.audit import Tag
from server.storage.record import audit
from server.web.people import login
from tests.web.site import HOME, Page, Site, Visitor

FIELD = 'name="code"'


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "ANSWER_AFTER", 0.0)


def ask(site: Site, name: str = "anna") -> tuple[Visitor, str, str]:
    """Who asked, the link in the mail, the code on the page."""
    desk = site.visitor()
    desk.open("/login")
    sent = desk.open(desk.send("/login", email=f"{name}@example.org", next="/").location)
    return desk, link_of(site), code_on(sent)


def link_of(site: Site) -> str:
    found = re.search(r"/login/[\w-]+", site.mails[-1].body)
    assert found is not None
    return found[0]


def code_on(page: Page) -> str:
    found = re.search(r"\d{3} \d{3}", page.text)
    assert found is not None
    return found[0]


def other_than(code: str) -> str:
    return "000 000" if code != "000 000" else "111 111"


def test_where_it_was_asked_for_pressing_is_enough(site: Site) -> None:
    desk, link, _ = ask(site)
    assert FIELD not in desk.open(link).source
    assert desk.send(link).status == 303
    assert desk.open(HOME).status == 200


def test_elsewhere_the_code_is_asked_for(site: Site) -> None:
    desk, link, code = ask(site)
    phone = site.visitor()
    assert FIELD in phone.open(link).source
    assert phone.send(link, code=code).status == 303
    assert phone.open(HOME).status == 200
    assert desk.open(HOME).status == 303


def test_the_code_is_not_in_the_mail(site: Site) -> None:
    _, _, code = ask(site)
    assert code not in site.mails[-1].body
    assert code.replace(" ", "") not in site.mails[-1].body


def test_a_scanner_that_presses_everything_neither_signs_in_nor_uses_it_up(site: Site) -> None:
    desk, link, _ = ask(site)
    scanner = site.visitor()
    for _ in range(12):
        scanner.open(link)
        for typed in ({}, {"code": ""}, {"code": "test"}, {"code": "12345"}, {"code": "١٢٣٤٥٦"}):
            pressed = scanner.send(link, **typed)
            assert (pressed.status, "set-cookie" in pressed.headers) == (422, False)
    assert scanner.open(HOME).status == 303
    desk.open(link)
    assert desk.send(link).status == 303


def test_five_wrong_codes_end_the_link_and_no_other(site: Site) -> None:
    desk, link, code = ask(site)
    phone = site.visitor()
    phone.open(link)
    for left in (4, 3, 2, 1):
        page = phone.send(link, code=other_than(code))
        assert (page.status, f"Verbleibende Versuche: {left}." in page.text) == (422, True)
    page = phone.send(link, code=other_than(code))
    assert "Der Code war fünfmal falsch." in page.text
    assert page.main_buttons == ["Link zusenden"]
    assert phone.send(link, code=code).status == 410
    assert desk.send(link).status == 410
    again, new_link, _ = ask(site)
    again.open(new_link)
    assert again.send(new_link).status == 303


def test_a_wrong_code_stands_in_the_person_s_trail(site: Site) -> None:
    _, link, code = ask(site)
    phone = site.visitor()
    phone.open(link)
    phone.send(link, code=other_than(code))
    last = site.world.read(audit.list_events, "")[-1]
    assert (last.tag, last.actor, last.facts) == (
        Tag.LOGIN_CODE_REFUSE,
        site.world.person("anna").id,
        {"left": 4},
    )


def test_a_code_belongs_to_its_link(site: Site) -> None:
    _, _, anna_s = ask(site, "anna")
    _, link, clara_s = ask(site, "clara")
    phone = site.visitor()
    phone.open(link)
    if anna_s != clara_s:
        assert phone.send(link, code=anna_s).status == 422


def test_an_unknown_address_is_shown_a_code_too(site: Site) -> None:
    desk = site.visitor()
    desk.open("/login")
    assert code_on(desk.open(desk.send("/login", email="niemand@example.org", next="/").location))


def test_another_browser_is_shown_another_code(site: Site) -> None:
    desk = site.visitor()
    desk.open("/login")
    address = desk.send("/login", email="anna@example.org", next="/").location
    stranger = site.visitor()
    stranger.open("/")
    assert code_on(desk.open(address)) != code_on(stranger.open(address))
