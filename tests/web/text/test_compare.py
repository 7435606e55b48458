"""Two states of the text beside each other: fixed, kept, present, and as somebody last saw it."""

from __future__ import annotations

import pytest

from server.actions.text import visits
from tests.web.site import HOME, Site
from tests.web.text.test_versions import keep, key_of

COMPARE, SECOND = f"{HOME}/compare", f"{HOME}/compare?old=r1&new=r2"
PEOPLE = "clara anna ben doris emil frank nobody"


@pytest.fixture
def revised(site: Site) -> Site:
    """Two revisions, the second with two words more."""
    site.world.freeze()
    site.world.reopen()
    site.world.write("Ganz neu: ")
    site.world.freeze()
    return site


def test_the_comparison_says_how_much_changed_and_marks_the_words(revised: Site) -> None:
    page = revised.visitor("doris").open(SECOND)
    assert page.heading == "Fassung 2 im Vergleich mit Fassung 1"
    assert "1 Änderung: 1 ergänzt. Alles Übrige ist unverändert." in page.text
    assert "hinzugefügt: Ganz neu:" in page.text
    assert "gestrichen: Ganz neu" in revised.visitor("doris").open(f"{COMPARE}?old=r2&new=r1").text


def test_a_revision_is_compared_with_the_one_before_where_nothing_else_is_said(revised: Site) -> None:
    anna = revised.visitor("anna")
    assert anna.open(f"{COMPARE}?new=r2").heading == "Fassung 2 im Vergleich mit Fassung 1"
    assert anna.open(COMPARE).heading == "Arbeitsstand im Vergleich mit Fassung 2"


def test_the_synopsis_has_both_texts_and_the_whole_text_is_unfolded(revised: Site) -> None:
    page = revised.visitor("anna").open(f"{SECOND}&view=synopsis")
    assert "k-compared--synopsis" in page.source
    assert '<details class="k-same">' in page.source
    assert "Ziffer 1 unverändert" in page.text or "2 Stellen unverändert" in page.text
    assert '<details class="k-same" open>' in revised.visitor("anna").open(f"{SECOND}&whole=1").source


def test_a_text_beside_itself_has_not_changed(revised: Site) -> None:
    anna = revised.visitor("anna")
    assert "Die beiden Texte sind gleich." in anna.open(f"{COMPARE}?old=r2&new=r2").text
    revised.world.reopen()
    revised.world.write("  ")
    assert "nur Leerzeichen unterscheiden sich" in anna.open(COMPARE).text


@pytest.mark.parametrize("key", ["r0", "r3", "r-1", "r01", "x", "r" + "9" * 400, "c1.0", "%00", "visit"])
def test_a_state_that_does_not_exist_is_not_found(revised: Site, key: str) -> None:
    anna = revised.visitor("anna")
    assert anna.open(f"{COMPARE}?old=r1&new={key}").status == 404
    assert anna.open(f"{COMPARE}?old={key}&new=r1").status == 404


def test_strangers_and_the_press_compare_nothing(revised: Site) -> None:
    statuses = revised.statuses(SECOND, PEOPLE)
    assert {name: statuses[name] for name in ("frank", "nobody", "emil")} == {
        "frank": 404,
        "nobody": 303,
        "emil": 409,
    }


def test_the_mayors_compare_what_was_fixed_and_nothing_else(revised: Site) -> None:
    state = keep(revised)
    doris = revised.visitor("doris")
    assert doris.open(f"{COMPARE}?old=r1&new=now").status == 403
    assert doris.open(f"{COMPARE}?old={key_of(state)}&new=r1").status == 403
    assert "Arbeitsstand" not in doris.open(SECOND).text


def visit(site: Site, name: str) -> None:
    """Opens the text and closes it."""
    person, services = site.world.person(name).id, site.world.services
    for here in (True, False):
        services.visits.note(site.world.text_id, person, here)
        site.world.run(visits.note_visits(services))


def test_what_is_new_since_the_last_visit(site: Site) -> None:
    anna = site.visitor("anna")
    visit(site, "anna")
    assert "Was ist neu" not in anna.open(f"{HOME}/versions").text
    site.world.write("Von Ben. ")
    site.world.wait(hours=2)
    visit(site, "anna")
    site.world.write("Und von Clara. ")
    page = anna.open(f"{HOME}/versions")
    assert f"{COMPARE}?old=visit&amp;new=now" in page.source
    page = anna.open(f"{COMPARE}?old=visit&new=now")
    assert page.heading.startswith("Arbeitsstand im Vergleich mit Stand Ihres letzten Besuchs")
    assert "hinzugefügt: Und von Clara. Von Ben." in page.text
    assert site.visitor("ben").open(f"{COMPARE}?old=visit&new=now").status == 404


def test_a_reload_does_not_end_a_visit(site: Site) -> None:
    visit(site, "anna")
    site.world.wait(hours=2)
    site.world.write("Von Ben. ")
    visit(site, "anna")
    site.world.wait(minutes=5)
    visit(site, "anna")
    page = site.visitor("anna").open(f"{COMPARE}?old=visit&new=now")
    assert "hinzugefügt: Von Ben." in page.text


def test_after_a_compaction_the_last_visit_is_a_kept_state(site: Site) -> None:
    visit(site, "anna")
    keep(site)
    site.world.wait(hours=2)
    visit(site, "anna")
    site.world.write("Von Ben. ")
    site.world.run(site.world.services.rooms._compact_log(site.world.text_id))
    assert "hinzugefügt: Von Ben." in site.visitor("anna").open(f"{COMPARE}?old=visit&new=now").text


def test_a_passage_says_its_lines_in_the_fixed_text_and_leads_there(revised: Site) -> None:
    page = revised.visitor("doris").open(SECOND)
    assert "Zeile 1" in page.text
    assert f"{HOME}/revisions/2#zeile-1" in page.links
    page = revised.visitor("anna").open(f"{COMPARE}?old=r1&new=now")
    assert f"{HOME}/revisions/1#zeile-1" in page.links
