"""Reading a revision."""

from __future__ import annotations

import pytest

from tests.web.site import HOME, Site

FIRST, SECOND = f"{HOME}/revisions/1", f"{HOME}/revisions/2"
PEOPLE = "clara anna ben doris emil frank nobody"


@pytest.fixture
def revised(site: Site) -> Site:
    """Two revisions, the second with two words more."""
    site.world.freeze()
    site.world.reopen()
    site.world.write("Ganz neu: ")
    site.world.freeze()
    return site


def test_all_who_take_part_read_it_and_the_press_office_after_the_seal(site: Site) -> None:
    site.world.freeze()
    inside = dict.fromkeys(("clara", "anna", "ben", "doris"), 200)
    assert site.statuses(FIRST, PEOPLE) == inside | {"emil": 409, "frank": 404, "nobody": 303}
    site.world.sign_with_passkey("doris")
    site.world.seal()
    assert site.statuses(FIRST, PEOPLE) == inside | {"emil": 200, "frank": 404, "nobody": 303}


def test_the_page_shows_the_text_and_its_fingerprint(site: Site) -> None:
    revision = site.world.freeze()
    page = site.visitor("anna").open(FIRST)
    assert page.heading == "Fassung 1"
    assert "Festgelegt von Clara Wann 17. Juni 2026, 12:00 Uhr" in page.text
    assert "Wir handeln gemeinsam." in page.text
    assert "Es gibt eine neuere Fassung." not in page.text
    assert revision.digest in page.text.replace(" ", "")


def test_an_older_revision_says_that_there_is_a_newer_one(revised: Site) -> None:
    anna = revised.visitor("anna")
    old, new = anna.open(FIRST), anna.open(SECOND)
    assert "Es gibt eine neuere Fassung." in old.text
    assert "Ganz neu" not in old.text
    assert not [link for link in old.links if "/compare" in link]
    assert "Ganz neu" in new.text
    assert f"{HOME}/compare?old=r1&amp;new=r2" in new.links


@pytest.mark.parametrize("number", ["0", "2", "-1", "01", "x", "9" * 400, "1.0", "%00"])
def test_a_revision_that_does_not_exist_is_not_found(site: Site, number: str) -> None:
    site.world.freeze()
    anna = site.visitor("anna")
    assert anna.open(f"{HOME}/revisions/{number}").status == 404
