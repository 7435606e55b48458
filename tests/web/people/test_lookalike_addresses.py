"""Whoever enters an address by hand is told once when others resemble it."""

from __future__ import annotations

import re

import pytest

from tests.web.site import HOME, Page, Site, Visitor
from tests.world import OFFENBURG

CYRILLIC = "otto@\u043effenburg.example"
"""The domain begins with a Cyrillic o."""
UMLAUT = "otto@bürgerbüro.example"
TOWN = f"{HOME}/municipalities/{OFFENBURG}"
FORMS = {
    f"{HOME}/people/invite": {"role": "observer"},
    f"{TOWN}/invite": {"part": "editor"},
    f"{TOWN}/mandates": {"kind": "deputy", "title": "Beigeordneter", "first": "2026-06-17", "rank": "1"},
}


def enter(clara: Visitor, path: str, email: str, **more: str) -> Page:
    clara.open(path)
    return clara.send(path, name="Otto Oleander", email=email, **FORMS[path], **more)


def looked_at(page: Page) -> str:
    found = re.search(r'name="looked_at" value="([^"]+)"', page.source)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", FORMS)
def test_mixed_scripts_are_said_before_a_mail_goes_out(site: Site, path: str) -> None:
    clara = site.visitor("clara")
    before = len(site.world.letters)
    page = enter(clara, path, CYRILLIC)
    assert page.status == 422
    assert "Buchstaben mehrerer Schriften gemischt" in page.text
    assert len(site.world.letters) == before
    assert enter(clara, path, CYRILLIC, looked_at=looked_at(page)).status == 303
    assert len(site.world.letters) == before + 1


@pytest.mark.parametrize("path", FORMS)
def test_an_umlaut_is_shown_with_where_it_is_sent(site: Site, path: str) -> None:
    page = enter(site.visitor("clara"), path, UMLAUT)
    assert page.status == 422
    assert "bürgerbüro.example geht an otto@xn--" in page.text


@pytest.mark.parametrize("path", FORMS)
def test_having_looked_at_one_address_says_nothing_of_another(site: Site, path: str) -> None:
    assert enter(site.visitor("clara"), path, CYRILLIC, looked_at=UMLAUT).status == 422


@pytest.mark.parametrize("path", FORMS)
def test_usual_addresses_are_not_asked_about(site: Site, path: str) -> None:
    assert enter(site.visitor("clara"), path, "otto@offenburg.example").status == 303
