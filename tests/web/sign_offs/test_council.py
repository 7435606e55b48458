"""Under the council's reservation: when its day has come, the page's main action is to confirm."""

from __future__ import annotations

import pytest

from server.actions.sign_offs.request import Reply
from server.domain.sign_offs.answers import Answer
from tests.actions.sign_offs.people import set_deadline
from tests.web.site import HOME, Site, Visitor

SIGN = f"{HOME}/sign"
CONFIRM = f"{SIGN}?change&amp;municipality=08317096#decision"


@pytest.fixture
def doris(site: Site) -> Visitor:
    """Her council meets on 24 June; it is 17 June."""
    site.world.freeze()
    reserve(site)
    return site.visitor("doris")


def reserve(site: Site, text: str = "") -> None:
    reply = Reply(Answer.SUBJECT_TO_COUNCIL, text, "2026-06-24", "Gemeinderat")
    challenge, code = site.world.send_code("doris", reply=reply)
    site.world.confirm("doris", challenge, code)


def test_before_the_day_confirming_is_there_and_not_the_main_thing(doris: Visitor) -> None:
    page = doris.open(SIGN)
    assert page.main_links == []
    assert "Am Morgen nach der Sitzung werden Sie daran erinnert." in page.text
    assert "Das Gremium hat schon entschieden: bestätigen" in page.text


def test_from_the_day_on_it_is_the_main_action_of_page_and_overview(site: Site, doris: Visitor) -> None:
    site.world.wait(days=7)
    doris = site.visitor("doris")
    page = doris.open(SIGN)
    assert page.main_links == [(CONFIRM, "Jetzt bestätigen")]
    assert "war für den 24. Juni 2026 angekündigt" in page.text
    home = doris.open()
    assert home.main_links == [(CONFIRM, "Jetzt bestätigen")]


def test_confirming_is_one_new_act_without_reservation(site: Site, doris: Visitor) -> None:
    site.world.wait(days=8)
    doris = site.visitor("doris")
    page = doris.open(f"{SIGN}?change&municipality=08317096")
    assert page.main_buttons == ["Jetzt bestätigen"]
    kept = {name: page.hidden_fields[name] for name in ("digest", "mandate", "replaces", "municipality")}
    sent = doris.send(f"{SIGN}/code", again="signs", **kept)
    assert sent.status == 303, sent.text
    doris.open(sent.location)
    assert doris.send(sent.location, code=site.newest_code("doris")).status == 303
    assert [s.answer for s in site.world.answers] == [Answer.SUBJECT_TO_COUNCIL, Answer.SIGNS]
    assert doris.open(SIGN).main_links == []


def test_a_statement_beside_it_is_offered_and_not_carried_over_unseen(site: Site, doris: Visitor) -> None:
    reserve(site, "Ohne Mehrkosten.")
    page = doris.open(f"{SIGN}?change&municipality=08317096")
    assert "Jetzt bestätigen" not in page.text
    assert '<textarea id="statement" name="statement"' in page.source
    assert page.source.count("Ohne Mehrkosten.</textarea>") == 2


def test_a_meeting_after_the_deadline_is_said_at_once(site: Site, doris: Visitor) -> None:
    set_deadline(site.world, site.world.time.replace(day=20))
    assert "tagt erst nach der Frist" in doris.open(SIGN).text


def test_after_the_deadline_it_can_only_be_taken_back(site: Site, doris: Visitor) -> None:
    set_deadline(site.world, site.world.time.replace(day=25))
    site.world.wait(days=9)
    doris = site.visitor("doris")
    page = doris.open(SIGN)
    assert page.main_links == []
    assert "Anders antworten können Sie nicht mehr" in page.text
    assert page.main_buttons == []
    assert "Antwort zurücknehmen" in page.text
    assert doris.open().main_links == []


def test_a_deputy_is_not_asked_to_confirm_the_mayor_s_answer(site: Site, doris: Visitor) -> None:
    site.world.wait(days=8)
    assert site.visitor("gustav").open().main_links == [(SIGN, "Lesen und zeichnen")]
