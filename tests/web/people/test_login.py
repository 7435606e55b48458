"""Signing in by a link from the mail, and signing out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.people.sessions import SessionLimits
from server.web.people import login
from tests.web.site import HOME, Page, Site, Visitor

USED = "Dieser Link wurde bereits benutzt oder ist abgelaufen."


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`test_asking_for_a_link` looks at the time that the answer takes."""
    monkeypatch.setattr(login, "ANSWER_AFTER", 0.0)


def ask_for_link(site: Site, visitor: Visitor, address: str, page: str = "/login") -> Page:
    opened = visitor.open(page)
    return visitor.send("/login", email=address, next=opened.hidden_fields["next"])


def link_in_mail(site: Site) -> str:
    found = re.search(r"/login/[\w-]+", site.mails[-1].body)
    assert found is not None
    return found[0]


def test_the_page_asks_for_an_address_and_nothing_else(site: Site) -> None:
    page = site.visitor().open("/login")
    assert (page.status, page.heading) == (200, "Anmelden")
    assert page.main_buttons == ["Link zusenden"]
    assert "Nach der Anmeldung" not in page.text
    assert "Nach der Anmeldung" in site.visitor().open(f"/login?next={HOME}").text


def test_a_link_leads_to_the_page_one_wanted_to_open(site: Site) -> None:
    doris = site.visitor()
    assert doris.open(f"{HOME}/sign").location == f"/login?next=%2Fdeclarations%2F{HOME[14:]}%2Fsign"
    sent = ask_for_link(site, doris, "Doris@Example.org ", f"/login?next={HOME}/sign").location
    assert sent.startswith("/login/sent?asked=")
    assert doris.open("/login/sent").heading == "Bitte prüfen Sie Ihr Postfach"
    assert doris.open(link_in_mail(site)).heading == "Als Doris anmelden?"
    assert doris.send(link_in_mail(site)).location == f"{HOME}/sign"
    assert "Doris" in doris.open("/").source


def test_opening_the_link_signs_nobody_in(site: Site) -> None:
    """Mail scanners open links."""
    ask_for_link(site, site.visitor(), "clara@example.org")
    scanner = site.visitor()
    for _ in range(2):
        opened = scanner.open(link_in_mail(site))
        assert opened.main_buttons == ["Auf diesem Gerät anmelden"]
        assert "kraftakt_session" not in opened.headers.get("set-cookie", "")
    assert scanner.open(HOME).status == 303


def test_the_cookie_is_well_guarded(site: Site) -> None:
    address = "https://kraftakt.example"
    site.world.services = replace(site.world.services, base_url=address)
    site.world.settings = replace(site.world.settings, base_url=address)
    guarded = Site(site.world)
    clara = guarded.visitor()
    ask_for_link(guarded, clara, "clara@example.org")
    clara.open(link_in_mail(guarded))
    cookies = clara.send(link_in_mail(guarded)).headers.get_list("set-cookie")
    cookie = next(cookie for cookie in cookies if cookie.startswith("__Host-kraftakt_session="))
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "secure", "path=/"} <= parts


def test_a_session_counts_in_its_cookie_only_and_is_shown_nowhere(site: Site) -> None:
    token = site.sign_in("clara")
    for path in (f"/account?kraftakt_session={token}", f"/account?session={token}"):
        assert site.visitor().open(path).status == 303
    clara = site.returning(token)
    for path in ("/account", "/declarations", HOME, f"{HOME}/edit"):
        page = clara.open(path)
        assert page.status == 200
        assert token not in f"{page.source} {page.headers}", path


def test_a_link_works_once(site: Site) -> None:
    anna, other = site.visitor(), site.visitor()
    ask_for_link(site, anna, "anna@example.org")
    link = link_in_mail(site)
    anna.open(link)
    other.open(link)
    assert anna.send(link).location == "/"
    refused = other.send(link)
    assert refused.status == 410
    assert USED in refused.text
    assert refused.main_links == [("/login", "Neuen Link anfordern")]


def test_a_link_works_for_ten_minutes(site: Site) -> None:
    anna = site.visitor()
    ask_for_link(site, anna, "anna@example.org")
    site.world.wait(minutes=11)
    assert USED in anna.open(link_in_mail(site)).text
    assert USED in anna.open("/login/unknown").text


def test_an_unknown_address_gets_the_same_answer_and_no_mail(site: Site) -> None:
    before = len(site.mails)
    assert ask_for_link(site, site.visitor(), "niemand@example.org").location.startswith("/login/sent?asked=")
    assert len(site.mails) == before


@pytest.mark.parametrize(
    "typed", ["doris", "@example.org", "doris@", "a@b@c", "", "d" * 300 + "@example.org"]
)
def test_what_is_no_address_is_kept_and_said_beside_the_field(site: Site, typed: str) -> None:
    page = ask_for_link(site, site.visitor(), typed, f"/login?next={HOME}")
    assert page.status == 422
    assert "Das ist keine vollständige E-Mail-Adresse." in page.text
    assert f'value="{typed}"' in page.source
    assert 'aria-describedby="email-hint email-error"' in page.source
    assert page.hidden_fields["next"] == HOME


def test_what_no_page_can_show_is_not_shown_again(site: Site) -> None:
    page = ask_for_link(site, site.visitor(), "doris\x00@example.org")
    assert page.status == 422
    assert 'name="email" value="doris@example.org"' in page.source


def test_signing_out_ends_the_session_and_the_cookie(site: Site) -> None:
    clara = site.visitor("clara")
    assert "Abmelden" in clara.open("/").source
    left = clara.send("/logout")
    assert left.location == "/"
    assert 'kraftakt_session=""' in left.headers["set-cookie"]
    assert clara.token is not None
    assert site.returning(clara.token).open(HOME).status == 303


def test_a_session_ends_where_it_was_ended(site: Site) -> None:
    anna = site.visitor("anna")
    assert anna.token is not None
    site.sign_out(anna.token)
    assert anna.open(HOME).status == 303


def test_half_a_day_without_a_request_ends_a_session(site: Site) -> None:
    clara = signed_in(site, "clara")
    site.world.wait(hours=11, minutes=59)
    assert clara.open(HOME).status == 200
    site.world.wait(hours=11, minutes=59)
    assert clara.open(HOME).status == 200
    site.world.wait(hours=12)
    assert clara.open(HOME).status == 303


def test_no_use_prolongs_a_session_beyond_a_week(site: Site) -> None:
    clara = signed_in(site, "clara")
    for _ in range(7 * 24 // 8 - 1):
        site.world.wait(hours=8)
        assert clara.open(HOME).status == 200
    site.world.wait(hours=8)
    assert clara.open(HOME).status == 303


def test_both_limits_are_settings(site: Site) -> None:
    limits = SessionLimits(timedelta(hours=1), timedelta(hours=2))
    site.world.services = replace(site.world.services, session_limits=limits)
    short = Site(site.world)
    clara = signed_in(short, "clara")
    for minutes in (59, 59):
        site.world.wait(minutes=minutes)
        assert clara.open(HOME).status == 200
    site.world.wait(minutes=2)
    assert clara.open(HOME).status == 303
    anna = signed_in(short, "anna")
    site.world.wait(minutes=60)
    assert anna.open(HOME).status == 303


def test_a_new_login_ends_the_browser_s_older_session_and_no_other(site: Site) -> None:
    browser, elsewhere = site.visitor("anna"), site.visitor("anna")
    assert browser.token is not None
    ask_for_link(site, browser, "anna@example.org")
    browser.open(link_in_mail(site))
    assert browser.send(link_in_mail(site)).location == "/"
    assert site.returning(browser.token).open(HOME).status == 303
    assert browser.open(HOME).status == 200
    assert elsewhere.open(HOME).status == 200


def test_a_new_login_ends_the_person_s_older_links(site: Site) -> None:
    anna = site.visitor()
    ask_for_link(site, anna, "anna@example.org")
    older = link_in_mail(site)
    ask_for_link(site, anna, "clara@example.org")
    clara_s = link_in_mail(site)
    ask_for_link(site, anna, "anna@example.org")
    anna.open(link_in_mail(site))
    anna.send(link_in_mail(site))
    assert USED in site.visitor().open(older).text
    assert site.visitor().open(clara_s).status == 200


def signed_in(site: Site, name: str) -> Visitor:
    """By a link, as people sign in."""
    visitor = site.visitor()
    ask_for_link(site, visitor, f"{name}@example.org")
    visitor.open(link_in_mail(site))
    visitor.send(link_in_mail(site))
    return visitor
