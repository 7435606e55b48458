"""From an empty database to a region that takes part: what a coordination does in one afternoon.

Three of the table's 153 lines are wrong: an address without its @, a town that is misspelled, an address that
stands there twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.story import spreadsheet
from tests.story.people import Visitor
from tests.story.service import Service

CLARA = "clara@region.example"
ANNA = "vorzimmer@offenburg.example"
MAYOR = "rathaus@lahr-schwarzwald.example"
DEPUTY = "primel@offenburg.example"
WITHOUT_AT, MISSPELLED, TWICE = 7, 64, 131
"""Places in the table: rows 9, 66 and 133 of the spreadsheet, which begins with its headings."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Service]:
    """Nobody has filled its database, and it is no demonstration."""
    service = Service(tmp_path / "office", demo=False)
    yield service
    service.kill()


def test_a_coordination_runs_a_declaration_from_nothing(browser: Browser, office: Service) -> None:
    clara = Visitor(browser, office, "clara")
    the_first_coordination_signs_in(office, clara)
    she_sets_up_a_passkey(clara)
    she_creates_a_declaration(clara)
    she_brings_a_table(clara)
    she_mends_it(clara)
    she_sends_what_she_has_seen(clara)
    anna = Visitor(browser, office, "anna")
    an_office_accepts_after_its_mail_scanner(office, clara, anna)
    mayor = Visitor(browser, office, "mayor", phone=True)
    a_mayor_accepts_on_the_phone(office, clara, mayor)
    the_coordination_lets_offices_invite(clara, anna)
    an_office_adds_a_deputy_for_one_week(anna)
    the_deputy_accepts(browser, office, anna)
    who_has_changed_jobs_is_removed(clara, anna)


def the_first_coordination_signs_in(office: Service, clara: Visitor) -> None:
    added = office.run("coordinator", "add", CLARA, "Clara Clematis")
    assert added.returncode == 0, added.stderr
    office.start()
    clara.page.goto(added.stdout.strip())
    expect(clara.main).to_contain_text("Clara Clematis")
    clara.press("Auf diesem Gerät anmelden")
    expect(clara.page).to_have_url(f"{office.base}/declarations/new")
    again = httpx.get(added.stdout.strip())
    assert again.status_code == 410, "a link works once"


def she_sets_up_a_passkey(clara: Visitor) -> None:
    clara.add_authenticator()
    clara.page.goto(f"{clara.service.base}/account")
    clara.page.get_by_label("Bezeichnung").fill("Dienstrechner")
    clara.press("Passkey einrichten")
    expect(clara.page.get_by_role("rowheader", name="Dienstrechner")).to_be_visible()
    clara.ensure_accessible()
    clara.press("Abmelden")
    expect(clara.page.get_by_role("heading", level=1)).to_contain_text("Eine Erklärung")
    clara.page.goto(f"{clara.service.base}/login?next=/declarations/new")
    clara.press("Mit einem Passkey anmelden")
    expect(clara.page).to_have_url(f"{clara.service.base}/declarations/new")


def she_creates_a_declaration(clara: Visitor) -> None:
    page = clara.page
    clara.ensure_accessible()
    page.get_by_role("textbox", name="Titel").fill("Ortenauer Erklärung")
    page.get_by_label("Herausgeber").fill("Städte und Gemeinden im Ortenaukreis")
    page.get_by_label("Mitzeichnung bis").fill(f"{datetime.now(UTC).year + 2}-06-17T12:00")
    page.get_by_label("Der Mustertext").check()
    clara.press("Erklärung anlegen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ortenauer Erklärung")
    clara.home = page.url
    clara.ensure_accessible()


def the_week_of_15_june() -> tuple[date, date]:
    """Monday and Sunday, next year."""
    day = date(datetime.now(UTC).year + 1, 6, 15)
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def faulty_table() -> list[list[str]]:
    table = spreadsheet.rows()
    table[WITHOUT_AT][1] = table[WITHOUT_AT][1].replace("@", "")
    table[MISSPELLED][3] = table[MISSPELLED][3][:-1] + "hh"
    table[TWICE][1] = ANNA
    return table


def she_brings_a_table(clara: Visitor) -> None:
    clara.open("/people/import")
    clara.ensure_accessible()
    table = faulty_table()
    assert len(table) == 153
    clara.page.get_by_label("Zeilen aus Ihrer Tabelle").fill(spreadsheet.pasted(table))
    clara.press("Zeilen prüfen")
    expect(clara.page.get_by_role("heading", level=1)).to_have_text("3 Zeilen brauchen Ihre Korrektur")
    expect(clara.main).to_contain_text("150 sind in Ordnung")
    clara.ensure_accessible()


def she_mends_it(clara: Visitor) -> None:
    """Two where they stand; the third is left out."""
    page, right = clara.page, spreadsheet.rows()
    row = {line: page.get_by_role("group", name=f"Zeile {line}", exact=True) for line in (9, 66, 133)}
    expect(row[9]).to_contain_text("@")
    row[9].get_by_label("E-Mail").fill(right[WITHOUT_AT][1])
    expect(row[66]).to_contain_text("steht nicht im Verzeichnis")
    row[66].get_by_label("Kommune").fill(right[MISSPELLED][3])
    row[133].get_by_label("Auslassen").check()
    clara.press("Korrekturen übernehmen")
    expect(page.get_by_role("heading", level=1)).to_have_text("152 Zeilen sind in Ordnung")
    expect(clara.main).to_contain_text("1 wird ausgelassen")
    clara.press("152 Zeilen übernehmen")


def she_sends_what_she_has_seen(clara: Visitor) -> None:
    page = clara.page
    expect(page.get_by_role("heading", level=1)).to_have_text("152 Einladungen sind bereit")
    page.get_by_label("Wer beantwortet Fragen?").fill("Clara Clematis, 0781 555 0100")
    clara.press("Speichern und E-Mail neu zeigen")
    letter = page.get_by_role("article", name="Die E-Mail")
    expect(letter).to_contain_text("Ortenauer Erklärung")
    expect(letter).to_contain_text("0781 555 0100")
    clara.ensure_accessible()
    assert not list((clara.service.data / "mail").glob("*vorzimmer@*")), "nothing has left yet"
    clara.press("152 Einladungen senden")
    expect(page.get_by_role("status").filter(has_text="152 Einladungen sind unterwegs")).to_be_visible()
    clara.ensure_accessible()


def stage_of(clara: Visitor, email: str, stage: str) -> None:
    """What the coordination's page says of this invitation, as soon as it does."""
    row = clara.page.get_by_role("row").filter(has_text=email)
    clara.open("/people")
    while stage not in row.inner_text():
        clara.open("/people")
    expect(row).to_contain_text(stage)


def letter_of(office: Service, email: str) -> tuple[str, str]:
    """Link and code of an invitation."""
    text = body_of(office.newest_mail(email, "Einladung"))
    link = re.search(r"http://\S+/invitations/\S+", text)
    code = re.search(r"\b\d{4} \d{4}\b", text)
    assert link is not None, text
    assert code is not None, text
    return link[0].rstrip(".)>"), code[0]


def body_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def an_office_accepts_after_its_mail_scanner(office: Service, clara: Visitor, anna: Visitor) -> None:
    stage_of(clara, ANNA, "E-Mail gesendet")
    link, code = letter_of(office, ANNA)
    for _ in range(2):
        assert httpx.get(link, follow_redirects=True).status_code == 200
        assert httpx.head(link, follow_redirects=True).status_code == 200
    stage_of(clara, ANNA, "E-Mail gesendet")
    anna.page.goto(link)
    anna.ensure_accessible()
    anna.press("Einladung öffnen")
    stage_of(clara, ANNA, "geöffnet")
    anna.ensure_accessible()
    anna.page.get_by_label("Code aus der E-Mail").fill(code)
    anna.press("Einladung annehmen")
    expect(anna.page).to_have_url(clara.home)
    anna.home = clara.home
    stage_of(clara, ANNA, "angenommen")
    assert "1 hat angenommen" in clara.main.inner_text() or "2 haben angenommen" in clara.main.inner_text()


def who_has_changed_jobs_is_removed(clara: Visitor, anna: Visitor) -> None:
    """At that moment the open editor closes; what was written stays."""
    anna.open_editor()
    clara.open_editor()
    anna.text.locator("[data-kind]").last.click()
    anna.page.keyboard.press("End")
    anna.page.keyboard.type(" Wir handeln gemeinsam.", delay=15)
    expect(clara.text).to_contain_text("Wir handeln gemeinsam.")
    clara.open("/people")
    row = clara.page.get_by_role("row").filter(has_text=ANNA)
    row.get_by_role("link", name=re.compile("Ändern")).click()
    clara.page.get_by_role("link", name=re.compile("entfernen")).click()
    clara.ensure_accessible()
    clara.page.get_by_role("button", name=re.compile("entfernen")).click()
    expect(clara.page.get_by_role("status").filter(has_text="nicht mehr beteiligt")).to_be_visible()
    expect(anna.text).to_have_attribute("contenteditable", "false")
    anna.ensure_accessible()
    clara.open_editor()
    expect(clara.text).to_contain_text("Wir handeln gemeinsam.")
    expect(anna.open().get_by_role("heading", level=1)).to_have_text("Seite nicht gefunden")


def a_mayor_accepts_on_the_phone(office: Service, clara: Visitor, mayor: Visitor) -> None:
    link, code = letter_of(office, MAYOR)
    mayor.page.goto(link)
    mayor.ensure_accessible()
    mayor.press("Einladung öffnen")
    mayor.page.get_by_label("Code aus der E-Mail").fill(code)
    mayor.press("Einladung annehmen")
    expect(mayor.page).to_have_url(clara.home)
    mayor.ensure_accessible()
    stage_of(clara, MAYOR, "angenommen")


def the_coordination_lets_offices_invite(clara: Visitor, anna: Visitor) -> None:
    """Until then the office sees who takes part for it, and asks nobody in."""
    anna.open("/municipality")
    expect(anna.page.get_by_role("heading", level=1)).to_have_text("Offenburg")
    expect(anna.main.get_by_role("link", name="Zeichnungsbefugnis eintragen")).to_have_count(0)
    clara.open("/settings/offices")
    clara.page.get_by_label("Ämter dürfen Beschäftigte und Stellvertretungen").check()
    clara.press("Abschnitt speichern")
    expect(clara.page.get_by_role("status").first).to_be_visible()
    clara.ensure_accessible()


def an_office_adds_a_deputy_for_one_week(anna: Visitor) -> None:
    """She is invited by mail, by the office itself and for its own municipality."""
    page, (monday, sunday) = anna.page, the_week_of_15_june()
    anna.open("/municipality")
    anna.ensure_accessible()
    page.get_by_role("link", name="Zeichnungsbefugnis eintragen").click()
    anna.ensure_accessible()
    page.get_by_label("Name", exact=True).fill("Paula Primel")
    page.get_by_label("E-Mail").fill(DEPUTY)
    expect(page.get_by_label("Zeichnungsbefugnis").get_by_role("option")).to_have_text(["Stellvertretung"])
    page.get_by_label("Amtsbezeichnung").fill("Erste Bürgermeisterin")
    page.get_by_label("Erster Tag").fill(monday.isoformat())
    page.get_by_label("Letzter Tag").fill(sunday.isoformat())
    page.get_by_label("Anlass").fill("Urlaub")
    anna.press("Befugnis eintragen")
    expect(page.get_by_role("status").filter(has_text="ist eingetragen")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Erste Bürgermeisterin").first
    expect(row).to_contain_text("Urlaub")
    expect(row).to_contain_text("noch nicht begonnen")
    anna.ensure_accessible()
    page.goto(f"{anna.home}/municipalities/08317065")
    expect(page.get_by_role("heading", level=1)).to_have_text("Seite nicht gefunden")


def the_deputy_accepts(browser: Browser, office: Service, anna: Visitor) -> None:
    link, code = letter_of(office, DEPUTY)
    deputy = Visitor(browser, office, "deputy")
    deputy.page.goto(link)
    deputy.press("Einladung öffnen")
    deputy.page.get_by_label("Code aus der E-Mail").fill(code)
    deputy.press("Einladung annehmen")
    expect(deputy.page).to_have_url(anna.home)
    deputy.ensure_accessible()
    deputy.context.close()
