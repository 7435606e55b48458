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


def test_each_line_and_clause_can_be_linked_to(site: Site) -> None:
    site.world.write("Wort " * 40)
    site.world.freeze()
    source = site.visitor("anna").open(FIRST).source
    assert [f'id="zeile-{number}"' in source for number in (1, 2, 3, 5, 6)] == [True, True, True, True, False]
    assert 'id="ziffer-1"' in source
    assert '<a href="#ziffer-1">1.</a>' in source


def test_a_number_leads_to_its_line(site: Site) -> None:
    site.world.freeze()
    anna = site.visitor("anna")
    assert anna.open(f"{FIRST}?line=2").location == f"{FIRST}#zeile-2"
    assert anna.open(f"{FIRST}?line=abc").status == 200


def test_the_draft_with_line_numbers_is_for_who_may_read_the_text(site: Site) -> None:
    site.world.freeze()
    statuses = site.statuses(f"{HOME}/lines.pdf?version=r1", PEOPLE)
    assert statuses == {
        "clara": 200,
        "anna": 200,
        "ben": 200,
        "doris": 200,
        "emil": 409,
        "frank": 404,
        "nobody": 303,
    }
    assert site.visitor("doris").open(f"{HOME}/lines.pdf?version=now").status == 403


def test_the_editor_gets_the_words_of_the_newest_revision(site: Site) -> None:
    anna = site.visitor("anna")
    assert anna.open(f"{HOME}/lines.json").data == {"revision": 0, "blocks": []}
    site.world.freeze()
    site.world.reopen()
    site.world.write("Neu. ")
    assert anna.open(f"{HOME}/lines.json").data["blocks"][0] == "Erklärung"
    assert anna.open(f"{HOME}/lines.json").data["revision"] == 1
