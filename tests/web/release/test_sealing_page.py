"""Sealing: a page that says what it means, then the act, once."""

from __future__ import annotations

import pytest

from server.domain.sign_offs.answers import Answer
from tests.web.site import HOME, Site

SEAL = f"{HOME}/seal"
PEOPLE = "clara anna ben doris emil frank nobody"


@pytest.fixture
def signed(site: Site) -> Site:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    return site


def test_only_clara_sees_the_page(signed: Site) -> None:
    statuses = signed.statuses(SEAL, PEOPLE)
    assert statuses == dict.fromkeys(("anna", "ben", "doris", "emil"), 403) | {
        "clara": 200,
        "frank": 404,
        "nobody": 303,
    }


def test_nothing_is_sealed_before_the_sign_off(site: Site) -> None:
    page = site.visitor("clara").open(SEAL)
    assert page.status == 409
    assert "Der Text ist in Arbeit." in page.text


def test_nothing_is_sealed_that_nobody_signed(site: Site) -> None:
    site.world.freeze()
    clara = site.visitor("clara")
    for page in (clara.open(SEAL), clara.send(SEAL)):
        assert page.status == 409
        assert "Noch hat keine Kommune diese Fassung gezeichnet." in page.text
        assert page.main_links == [(HOME, "Zur Erklärung")]
    assert site.world.phase == "signing"


def test_the_page_says_who_will_be_missing(signed: Site) -> None:
    page = signed.visitor("clara").open(SEAL)
    assert page.heading == "Erklärung ausfertigen?"
    assert "Eine von 2 Kommunen hat gezeichnet." in page.text
    assert "1 Antwort steht noch aus." in page.text
    assert "aus Fassung 1 erstellt" in page.text
    assert page.main_buttons == ["Endgültig ausfertigen"]


def test_who_waits_for_the_council_is_not_counted_as_signed(signed: Site) -> None:
    signed.world.answer("gustav", Answer.SUBJECT_TO_COUNCIL)
    clara = signed.visitor("clara")
    for page in (clara.open(SEAL), clara.open(HOME)):
        assert "Eine von 2 Kommunen hat gezeichnet." in page.text
        assert "unter Gremienvorbehalt" in page.text


def test_clara_seals_and_who_asks_again_gets_the_same(signed: Site) -> None:
    clara = signed.visitor("clara")
    clara.open(SEAL)
    assert clara.send(SEAL).location == f"{HOME}?done=sealed"
    assert signed.world.phase == "sealed"
    assert clara.send(SEAL).location == f"{HOME}?done=sealed"
    assert signed.world.tags.count("document:final:seal") == 1
    assert clara.open(SEAL).status == 409


def test_a_page_from_before_the_seal_no_longer_reopens(signed: Site) -> None:
    clara = signed.visitor("clara")
    clara.open(f"{HOME}/reopen")
    signed.world.seal()
    refused = clara.send(f"{HOME}/reopen")
    assert refused.status == 409
    assert signed.world.phase == "sealed"
