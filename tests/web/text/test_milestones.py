"""Freezing and reopening: a page that says what will happen, then the act, for the coordination only."""

from __future__ import annotations

import pytest

from tests.web.site import HOME, Site

FREEZE, REOPEN = f"{HOME}/freeze", f"{HOME}/reopen"
PEOPLE = "clara anna ben doris emil frank nobody"
CLARA_ONLY = {"clara": 200, "anna": 403, "ben": 403, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}
IS_SIGNED = "Die Fassung ist festgelegt und wird gezeichnet."
IS_WRITTEN = "Der Text ist in Arbeit."


def test_only_clara_sees_the_pages(site: Site) -> None:
    assert site.statuses(FREEZE, PEOPLE) == CLARA_ONLY
    site.world.freeze()
    assert site.statuses(REOPEN, PEOPLE) == CLARA_ONLY


@pytest.mark.parametrize("path", [FREEZE, REOPEN, f"{HOME}/seal"])
def test_nobody_else_gets_further_with_the_form_alone(site: Site, path: str) -> None:
    if path != FREEZE:
        site.world.freeze()
    phase = site.world.phase
    for name, status in (("anna", 403), ("ben", 403), ("doris", 403), ("emil", 403), ("frank", 404)):
        visitor = site.visitor(name)
        visitor.open("/")
        assert visitor.send(path).status == status
    assert site.world.phase == phase


def test_clara_fixes_the_text(site: Site) -> None:
    clara = site.visitor("clara")
    page = clara.open(FREEZE)
    assert page.heading == "Fassung 1 für die Mitzeichnung festlegen?"
    assert "2 E-Mails gehen sofort hinaus" in page.text
    assert page.main_buttons == ["Fassung 1 festlegen"]
    assert clara.send(FREEZE).location == f"{HOME}?done=fixed"
    assert site.world.phase == "signing"
    asked = {mail.recipient for mail in site.mails if mail.subject.startswith("Mitzeichnung")}
    assert asked == {"doris@example.org", "gustav@example.org"}


def test_the_next_revision_has_the_next_number(site: Site) -> None:
    site.world.freeze()
    site.world.reopen()
    assert "zu Fassung 2. Während" in site.visitor("clara").open(FREEZE).text


def test_the_text_is_fixed_once(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(FREEZE)
    clara.send(FREEZE)
    again = clara.send(FREEZE)
    assert again.status == 409
    assert again.heading == "In dieser Phase nicht möglich"
    assert IS_SIGNED in again.text
    assert again.main_links == [(HOME, "Zur Erklärung")]


def test_clara_opens_the_text_again(site: Site) -> None:
    site.world.freeze()
    clara = site.visitor("clara")
    page = clara.open(REOPEN)
    assert page.heading == "Text wieder öffnen?"
    assert "aktenkundig" not in page.text
    assert page.main_buttons == ["Text wieder öffnen"]
    assert clara.send(REOPEN).location == f"{HOME}?done=reopened"
    assert site.world.phase == "drafting"
    assert IS_WRITTEN in clara.open(REOPEN).text


def test_reopening_says_how_many_answers_no_longer_count(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    page = site.visitor("clara").open(REOPEN)
    assert "1 Mitzeichnung bleibt aktenkundig, gilt aber nur für Fassung 1." in page.text


def test_a_form_of_another_visit_changes_nothing(site: Site) -> None:
    clara, other = site.visitor("clara"), site.visitor("clara")
    clara.open(FREEZE)
    other.take_token(clara)
    refused = other.send(FREEZE)
    assert refused.status == 403
    assert "Dieses Formular ist nicht mehr gültig." in refused.text
    assert site.world.phase == "drafting"
