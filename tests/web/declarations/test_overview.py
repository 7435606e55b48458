"""A declaration's overview: phase, next step, who has answered, and what each may do here."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Phase
from server.storage.declarations import declarations
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import PersonRow
from tests.web.site import HOME, Site
from tests.world import SLUG

PEOPLE = "clara anna ben doris emil frank nobody"


def side_links(site: Site, name: str) -> list[str]:
    """Last parts of the addresses of everything but the way back, the step and the first visit's hint."""
    page = site.visitor(name).open()
    assert page.status == 200
    here = [href for href in page.links if not href.startswith("/help")]
    return [href.removeprefix(f"{HOME}/") for href in here if (href, "") not in page.main_links]


def test_strangers_do_not_learn_that_it_exists(site: Site) -> None:
    taking_part = dict.fromkeys(("clara", "anna", "ben", "doris", "emil"), 200)
    assert site.statuses(HOME, PEOPLE) == taking_part | {"frank": 404, "nobody": 303}
    frank = site.visitor("frank")
    assert frank.open().text.split("Kennung")[0] == frank.open("/declarations/keine").text.split("Kennung")[0]


def test_while_drafting(site: Site) -> None:
    page = site.visitor("clara").open()
    assert page.heading == "Erklärung"
    assert page.main_links == [(f"{HOME}/freeze", "Fassung festlegen")]
    assert "Es ist noch keine Fassung festgelegt." in page.text
    assert sorted(set(side_links(site, "clara"))) == ["branches", "freeze", "log", "settings", "workshops"]
    assert side_links(site, "anna") == side_links(site, "ben") == ["edit", "branches"]
    assert side_links(site, "doris") == side_links(site, "emil") == []


def test_while_signing(site: Site) -> None:
    site.world.freeze()
    page = site.visitor("doris").open()
    assert page.main_links == [(f"{HOME}/sign", "Lesen und zeichnen")]
    assert "0 von 2 Kommunen haben gezeichnet. 2 Antworten stehen noch aus." in page.text
    assert {"revisions/1", "reminders", "reopen", "edit", "log"} <= set(side_links(site, "clara"))
    assert {"revisions/1", "edit"} <= set(side_links(site, "anna"))
    assert side_links(site, "emil") == []


def test_the_answers_are_listed_by_municipality(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    page = site.visitor("anna").open()
    assert "Eine von 2 Kommunen hat gezeichnet." in page.text
    assert "Offenburg zeichnet Doris Oberbürgermeisterin Passkey 17. Juni 2026, 12:00 Uhr" in page.text
    assert "offen Gustav Oberbürgermeister" in page.text
    assert "seal" in side_links(site, "clara")


def test_the_press_office_does_not_see_who_has_answered(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    assert "Doris" not in site.visitor("emil").open().text


def test_an_answer_counts_as_long_as_the_text_is_the_same(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.reopen()
    assert "haben gezeichnet" not in site.visitor("clara").open().text
    site.world.freeze()
    assert "Eine von 2 Kommunen" in site.visitor("clara").open().text
    site.world.reopen()
    site.world.write("Neu: ")
    site.world.freeze()
    page = site.visitor("clara").open()
    assert "0 von 2 Kommunen" in page.text
    assert [href for href in page.links if "revisions" in href] == [f"{HOME}/revisions/{n}" for n in (2, 1)]


def test_once_sealed_it_leads_to_the_document(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.seal()
    for name in ("clara", "anna", "doris", "emil"):
        page = site.visitor(name).open()
        assert page.main_links == [(f"{HOME}/final.pdf", "Dokument herunterladen")]
        assert ("keine Antwort" in page.text) is (name != "emil")
    assert {"final.pdf", "revisions/1", "final.html", "log"} <= set(side_links(site, "clara"))
    assert side_links(site, "emil") == ["final.pdf", "revisions/1"]


@pytest.mark.parametrize("phase", [Phase.WITHDRAWN])
def test_a_withdrawn_declaration_asks_for_nothing(site: Site, phase: Phase) -> None:
    declaration = site.world.read(declarations.load_declaration, SLUG)
    site.write(declarations.move_to, declaration, phase)
    page = site.visitor("clara").open()
    assert page.main_links == []
    assert "Die Erklärung wurde zurückgezogen." in page.text


def test_the_list_asks_again_by_itself_and_is_loaded_whole_when_the_phase_is_over(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open()
    assert clara.open(HX_Request="true").headers["hx-refresh"] == "true"
    site.world.freeze()
    part = clara.open(HX_Request="true")
    assert "hx-refresh" not in part.headers
    assert 'hx-trigger="every 20s"' in part.source


def test_it_is_written_in_english_too(site: Site) -> None:
    site.world.freeze()
    page = site.visitor("clara").open(f"{HOME}?lang=en")
    assert "0 of 2 municipalities have signed. 2 answers are open." in page.text


def test_the_coordination_sees_what_is_missing_before_the_text_is_fixed(site: Site) -> None:
    page = site.visitor("clara").open()
    assert "offene Punkte: 1" in page.text
    assert "Für die Mitzeichnung ist keine Frist gesetzt" in page.text
    assert "Kommunen mit einer Person für die Mitzeichnung: 2" in page.text
    assert "eingeladen" in page.text


def test_who_waits_is_told_when_it_will_be_their_turn(site: Site) -> None:
    for name, words in (("doris", "Sie erhalten eine E-Mail, lesen den Text"), ("emil", "unter Sperrfrist")):
        page = site.visitor(name).open()
        assert "Der Entwurf ist in Arbeit." in page.text
        assert words in page.text


def test_a_decisive_act_ends_with_a_panel_that_says_what_comes_next(site: Site) -> None:
    site.world.freeze()
    clara = site.visitor("clara")
    done = clara.open(f"{HOME}?done=fixed").text
    assert "Fassung 1 ist festgelegt. Unterwegs sind 2 E-Mails mit der Bitte um Mitzeichnung." in done
    assert "ist festgelegt. Unterwegs" not in clara.open().text
    site.world.reopen()
    assert "Der Text ist wieder geöffnet." in clara.open(f"{HOME}?done=reopened").text


@pytest.mark.parametrize("done", ["fixed", "sealed", "reopened", "nonsense"])
def test_an_address_made_up_shows_nothing_untrue(site: Site, done: str) -> None:
    text = site.visitor("clara").open(f"{HOME}?done={done}").text
    assert "Fassung 1 ist festgelegt" not in text
    assert "Die Erklärung ist ausgefertigt" not in text
    assert "Der Text ist wieder geöffnet" not in text


def test_the_list_can_be_narrowed_to_an_answer_or_a_name(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    anna = site.visitor("anna")
    assert "Gustav" not in anna.open(f"{HOME}?answer=signs").text
    assert "Doris" not in anna.open(f"{HOME}?answer=open").text
    assert "Doris" in anna.open(f"{HOME}?q=offenb").text
    assert "Gustav" not in anna.open(f"{HOME}?q=offenb").text
    assert "Keine Kommune entspricht der Auswahl." in anna.open(f"{HOME}?q=nirgendwo").text


def test_who_is_alone_is_led_to_inviting(site: Site) -> None:
    site.write(let_everybody_but_leave, "clara@example.org")
    page = site.visitor("clara").open()
    assert page.main_links == [(f"{HOME}/people", "Beteiligte einladen")]
    assert "Außer Ihnen ist noch niemand beteiligt." in page.text


async def let_everybody_but_leave(db: AsyncSession, email: str) -> None:
    staying = select(PersonRow.id).where(PersonRow.email == email)
    await db.execute(delete(ParticipantRow).where(ParticipantRow.person_id.not_in(staying)))
