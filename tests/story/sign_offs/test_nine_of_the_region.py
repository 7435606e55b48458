"""The region signs, each in their own way: from the mail on the phone to the sealed document and its proof.

A mayor with a passkey, one with a Protokollerklärung, one whose council decides first, one who declines, a
deputy, two employees jointly, one on paper, one with a certificate of their own. The coordination watches.
"""

from __future__ import annotations

import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from server.cli.verify import EXIT_CODES
from server.domain.release.verification import Verdict
from server.domain.terms.local_time import day_of
from tests.dossier.scans import picture
from tests.signing.copies import homemade, sign_copy
from tests.story.people import BY_CODE, BY_PASSKEY, TIMEOUT, Visitor
from tests.story.service import SLUG, Service
from tests.story.sign_offs.region import (
    ACHERN,
    APPENWEIER,
    BERGHAUPTEN,
    DEPUTY,
    FIRST_CLERK,
    KEHL,
    LAHR,
    OBERKIRCH,
    OFFENBURG,
    PETERSTAL,
    SECOND_CLERK,
    Signatory,
    body_of,
    find_mail,
    link_to_sign,
    mayor_of,
)
from tests.story.test_checking_a_pdf_in_the_browser import drop, refuse_uploads

STATEMENT = "Kleine Gemeinden brauchen dafür <b>Unterstützung</b> des Landes."
NOTE = "Wir empfehlen die Zeichnung ohne Vorbehalt."
QUESTION = "Wer spricht am 18. Juni?"
SECRET = "Der Haushalt ist noch nicht genehmigt."
JOINTLY = "Vertretungsberechtigt zu zweit (§ 54 GemO)"
LATER = " Wir berichten jährlich."


def test_nine_of_the_region_sign_each_in_their_own_way(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    clara = Visitor(browser, service, "clara").sign_in()
    the_coordination_says_when_it_comes_about(clara)
    a_deputy_and_two_employees_are_entered(clara)
    for who in (DEPUTY, FIRST_CLERK, SECOND_CLERK):
        Signatory(browser, service, who).accept_the_invitation()
    the_text_is_fixed(clara)
    hall = the_wall_opens(browser, clara)

    her_office_prepares_and_cannot_answer(browser, service)
    doris = a_mayor_signs_in_three_screens(browser, service, tmp_path)
    the_wall_lights_up(hall, 1, "Offenburg", OFFENBURG)
    the_text_changes(clara)
    she_reads_only_what_changed_and_signs_by_one_tap(doris)
    one_signs_with_a_statement(browser, service)
    achern = one_waits_for_the_council(browser, service)
    one_declines_for_the_coordination_alone(browser, service)
    a_deputy_signs_and_the_mayor_leaves_it_so(browser, service)
    two_employees_sign_jointly(browser, service)
    one_comes_on_paper(browser, service, clara, tmp_path)
    one_hands_in_a_signed_copy(browser, service, tmp_path)
    the_coordination_sees_who_declined_and_why(clara, doris)
    the_coordination_reminds_once(clara)
    the_council_has_decided(achern)
    the_wall_lights_up(hall, 7, "Achern", ACHERN)
    pdf = she_seals(clara.sign_in(), tmp_path)
    the_document_shows_each_as_what_it_is(pdf, tmp_path)
    the_file_proves_what_can_be_proved(service, pdf)
    the_browser_proves_the_same(browser, service, pdf)
    assert clara.complaints == []


def the_coordination_says_when_it_comes_about(clara: Visitor) -> None:
    page = clara.open("/settings/quorum")
    page.get_by_label("Alle angefragten Großen Kreisstädte").check()
    clara.press("Abschnitt speichern")
    expect(page.get_by_role("status").filter(has_text="Gespeichert")).to_be_visible()


def a_deputy_and_two_employees_are_entered(clara: Visitor) -> None:
    entered = (
        (OBERKIRCH, "Paula Primel", DEPUTY, "Stellvertretung", "Erste Bürgermeisterin"),
        (
            KEHL,
            "Silke Salbei",
            FIRST_CLERK,
            JOINTLY,
            "Hauptamtsleiterin",
        ),
        (KEHL, "Till Thymian", SECOND_CLERK, JOINTLY, "Kämmerer"),
    )
    for ags, name, email, kind, title in entered:
        page = clara.open(f"/municipalities/{ags}/mandates")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("E-Mail").fill(email)
        page.get_by_label("Zeichnungsbefugnis").select_option(label=kind)
        page.get_by_label("Amtsbezeichnung").fill(title)
        page.get_by_label("Anlass").fill("Urlaub")
        clara.press("Befugnis eintragen")
        expect(page.get_by_role("status").filter(has_text="ist eingetragen")).to_be_visible()


def the_text_is_fixed(clara: Visitor) -> None:
    clara.open("/freeze")
    clara.press("Fassung 1 festlegen")
    expect(clara.page.get_by_role("status").filter(has_text="Fassung 1 ist festgelegt.")).to_be_visible()


def the_wall_opens(browser: Browser, clara: Visitor) -> Page:
    page = clara.open("/board")
    clara.press("Link anlegen")
    address = str(page.locator("a[href*='/wall/']").first.get_attribute("href"))
    hall = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="de-DE").new_page()
    hall.set_default_timeout(TIMEOUT)
    hall.goto(address)
    expect(hall.locator("#wall-counted")).to_have_text("0")
    return hall


def the_wall_lights_up(hall: Page, count: int, name: str, ags: str) -> None:
    expect(hall.locator("#wall-counted")).to_have_text(str(count))
    expect(hall.locator("#wall-name")).to_have_text(name)
    expect(hall.locator(f"#w-{ags}")).to_have_class(re.compile("is-signs.*is-latest"))


def her_office_prepares_and_cannot_answer(browser: Browser, service: Service) -> None:
    anna = Visitor(browser, service, "anna").sign_in()
    page = anna.open()
    page.get_by_role("link", name="Antwort vorbereiten").click()
    expect(anna.main).to_contain_text("So sieht es Doris Distel, Oberbürgermeisterin.")
    anna.ensure_accessible()
    page.get_by_label("Was Sie empfehlen, und warum").fill(NOTE)
    page.get_by_label("Was vor der Antwort noch zu klären ist").fill(QUESTION)
    anna.press("Vermerk speichern")
    expect(page.get_by_role("status").filter(has_text="Gespeichert.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("zeichnen|bestätigen"))).to_have_count(0)
    anna.ensure_accessible()


def a_mayor_signs_in_three_screens(browser: Browser, service: Service, folder: Path) -> Signatory:
    """The tap on the link in the mail is the first of at most five."""
    doris = Signatory(browser, service, mayor_of(OFFENBURG))
    doris.add_authenticator()
    screens: list[str] = []
    doris.page.on("load", lambda page: screens.append(page.url))
    page = doris.follow_the_mail()  # two taps
    note = page.get_by_role("region", name="Vermerk aus Ihrem Haus")
    expect(note).to_contain_text(NOTE)
    expect(note).to_contain_text(QUESTION)
    doris.choose("Ich zeichne")
    doris.press(BY_PASSKEY)
    expect(doris.heading).to_have_text("Sie haben für Offenburg gezeichnet.")
    assert len(screens) <= 3, screens
    doris.ensure_accessible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Was gezeichnet wurde herunterladen (PDF)").click()
    receipt = folder / "receipt.pdf"
    started.value.save_as(receipt)
    said = subprocess.run(["pdftotext", receipt, "-"], check=True, capture_output=True).stdout.decode()
    assert "Beleg der Mitzeichnung" in said
    return doris


def the_text_changes(clara: Visitor) -> None:
    clara.open("/reopen")
    clara.press("Text wieder öffnen")
    clara.open_editor()
    clara.write_after("Der persönliche Kontakt bleibt möglich.", LATER)
    expect(clara.page.locator("[data-saved=true]")).to_be_visible()
    page = clara.open("/freeze")
    page.get_by_label("Was hat sich geändert, und warum?").fill("Aus der Konferenz: wir berichten.")
    page.get_by_label("inhaltlich").check()
    clara.press("Fassung 2 festlegen")
    expect(page.get_by_role("status").filter(has_text="Fassung 2 ist festgelegt.")).to_be_visible()


def she_reads_only_what_changed_and_signs_by_one_tap(doris: Signatory) -> None:
    """Who is still signed in comes straight to the page."""
    doris.page.goto(link_to_sign(doris.service, doris.email, 2))
    changes = doris.page.get_by_role("region", name="Geändert seit Ihrer letzten Antwort")
    expect(changes.locator("ins", has_text="berichten")).to_be_visible()
    expect(changes).to_contain_text("Aus der Konferenz: wir berichten.")
    doris.press("Wieder zeichnen")
    expect(doris.heading).to_have_text("Sie haben für Offenburg gezeichnet.")
    expect(doris.page.get_by_text("Fassung 2").first).to_be_visible()


def one_signs_with_a_statement(browser: Browser, service: Service) -> None:
    """With mark-up in it, which stands there as it was typed."""
    gustav = Signatory(browser, service, mayor_of(LAHR), phone=False)
    page = gustav.follow_the_mail(2)
    gustav.choose("Ich zeichne mit Protokollerklärung")
    page.get_by_label("Protokollerklärung", exact=True).fill(STATEMENT)
    expect(page.locator("#statement-preview")).to_contain_text(STATEMENT)
    expect(page.locator("#statement-count")).to_contain_text(f"noch {1500 - len(STATEMENT)} Zeichen")
    gustav.ensure_accessible()
    gustav.press(BY_CODE)
    gustav.enter_the_code()
    expect(gustav.heading).to_have_text("Sie haben für Lahr/Schwarzwald gezeichnet.")
    expect(gustav.main).to_contain_text(STATEMENT)


def one_waits_for_the_council(browser: Browser, service: Service) -> Signatory:
    alma = Signatory(browser, service, mayor_of(ACHERN))
    alma.add_authenticator()
    page = alma.follow_the_mail(2)
    alma.choose("Ich zeichne unter Gremienvorbehalt")
    page.get_by_label("Entscheidendes Gremium").fill("Gemeinderat")
    meets = day_of(datetime.now(UTC)) + timedelta(days=10)
    page.get_by_label("Tag der Sitzung, falls bekannt").fill(meets.isoformat())
    page.get_by_label("Aktenzeichen (freiwillig)").fill("GR 12/2026")
    alma.ensure_accessible()
    alma.press(BY_PASSKEY)
    expect(alma.heading).to_have_text("Sie haben für Achern gezeichnet.")
    expect(alma.main).to_contain_text("GR 12/2026")
    return alma


def one_declines_for_the_coordination_alone(browser: Browser, service: Service) -> None:
    bruno = Signatory(browser, service, mayor_of(APPENWEIER))
    page = bruno.follow_the_mail(2)
    bruno.choose("Ich zeichne nicht")
    page.get_by_label("Grund (freiwillig)").fill(SECRET)
    expect(page.get_by_label("Nur die Koordination")).to_be_checked()
    bruno.press("Mit Code per E-Mail bestätigen")
    bruno.enter_the_code()
    expect(bruno.heading).to_have_text("Sie haben für Appenweier geantwortet: zeichnet nicht.")


def a_deputy_signs_and_the_mayor_leaves_it_so(browser: Browser, service: Service) -> None:
    paula = Signatory(browser, service, DEPUTY)
    paula.add_authenticator()
    page = paula.follow_the_mail(2)
    paula.choose("Ich zeichne")
    page.get_by_label("Grund der Vertretung (freiwillig)").fill("Urlaub")
    paula.press(BY_PASSKEY)
    expect(paula.heading).to_have_text("Sie haben für Oberkirch gezeichnet.")
    told = body_of(find_mail(service, mayor_of(OBERKIRCH), "Paula Primel hat für Sie"))
    assert "Paula Primel" in told
    mayor = Signatory(browser, service, mayor_of(OBERKIRCH), phone=False)
    mayor.follow_the_mail(2)
    expect(mayor.heading).to_have_text("Oberkirch hat gezeichnet.")
    expect(mayor.main).to_contain_text("Paula Primel")


def two_employees_sign_jointly(browser: Browser, service: Service) -> None:
    first = Signatory(browser, service, FIRST_CLERK)
    first.follow_the_mail(2)
    first.choose("Ich zeichne")
    first.press(BY_CODE)
    first.enter_the_code()
    expect(first.heading).to_contain_text("Es fehlt noch die zweite Unterschrift.")
    assert "Silke Salbei" in body_of(find_mail(service, SECOND_CLERK, "Unterschrift fehlt"))
    second = Signatory(browser, service, SECOND_CLERK)
    second.follow_the_mail(2)
    second.choose("Ich zeichne")
    second.press(BY_CODE)
    second.enter_the_code()
    expect(second.heading).to_have_text("Sie haben für Kehl gezeichnet.")


def one_comes_on_paper(browser: Browser, service: Service, clara: Visitor, folder: Path) -> None:
    """Clara records it; the mayor's own confirmation makes it count."""
    scan = folder / "scan.jpg"
    scan.write_bytes(picture(place=True))
    page = clara.open("/paper")
    option = page.locator("#mandate option", has_text="Bad Peterstal-Griesbach").get_attribute("value")
    page.get_by_label("Wer hat das Papier unterschrieben?").select_option(value=option)
    clara.press("Antwort erfassen")
    page.get_by_text("Ich zeichne", exact=True).click()
    page.get_by_label("Tag, an dem das Papier unterschrieben wurde").fill(
        day_of(datetime.now(UTC)).isoformat()
    )
    page.get_by_label("Scan des Papiers").set_input_files(scan)
    clara.ensure_accessible()
    clara.press("Antwort erfassen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("zweite Person")
    mail = body_of(find_mail(service, mayor_of(PETERSTAL), "Papier"))
    path = re.search(r"http\S+/paper/\d+", mail)
    assert path is not None, mail
    mayor = Signatory(browser, service, mayor_of(PETERSTAL))
    mayor.follow_the_mail(2)
    mayor.page.goto(path[0])
    mayor.press("Bestätigen: Das steht auf dem Papier")
    expect(mayor.heading).to_contain_text("bestätigt")


def signed_by(name: str, copy: Path) -> bytes:
    """In a thread of its own: Playwright keeps an event loop running in this one."""
    with ThreadPoolExecutor() as elsewhere:
        return elsewhere.submit(lambda: sign_copy(copy.read_bytes(), homemade(name))).result()


def one_hands_in_a_signed_copy(browser: Browser, service: Service, folder: Path) -> None:
    """The signature is made by other software, with a certificate in that name."""
    detlef = Signatory(browser, service, mayor_of(BERGHAUPTEN), phone=False)
    page = detlef.follow_the_mail(2)
    detlef.choose("Ich zeichne")
    detlef.press("Mit eigener Signaturkarte")
    expect(detlef.heading).to_have_text("Mit eigener Signaturkarte zeichnen")
    with page.expect_download() as started:
        page.get_by_role("link", name="Exemplar herunterladen (PDF)").click()
    copy, signed = folder / "copy.pdf", folder / "signed.pdf"
    started.value.save_as(copy)
    signed.write_bytes(signed_by("Gustav Ginster", copy))
    page.get_by_label("Signiertes Exemplar").set_input_files(signed)
    detlef.press("Einreichen und zeichnen")
    expect(page.get_by_role("alert")).to_contain_text("Gustav Ginster")
    signed.write_bytes(signed_by("Detlef Wiesenschaumkraut", copy))
    page.get_by_label("Signiertes Exemplar").set_input_files(signed)
    detlef.press("Einreichen und zeichnen")
    expect(detlef.heading).to_have_text("Sie haben für Berghaupten gezeichnet.")


def the_coordination_sees_who_declined_and_why(clara: Visitor, doris: Signatory) -> None:
    page = clara.open("/board")
    row = page.locator(f"#r-{APPENWEIER}")
    expect(row).to_contain_text("zeichnet nicht")
    row.locator("summary").click()
    expect(row).to_contain_text(SECRET)
    assert SECRET not in doris.open("/board").content()
    expect(page.locator(f"#t-{KEHL}")).to_have_class(re.compile("is-signs"))
    clara.ensure_accessible()


def the_coordination_reminds_once(clara: Visitor) -> None:
    page = clara.open("/reminders")
    clara.press("Erinnerung ansehen")
    button = page.get_by_role("button", name=re.compile("Personen erinnern"))
    button.click()
    expect(page.get_by_role("status").filter(has_text="unterwegs")).to_be_visible()
    mail = find_mail(clara.service, mayor_of("08317011"), "Erinnerung")
    assert "Clara Clematis" in body_of(mail)


def the_council_has_decided(alma: Signatory) -> None:
    """Earlier than announced: one press confirms it."""
    page = alma.open("/sign")
    page.get_by_role("link", name="Das Gremium hat schon entschieden: bestätigen").click()
    expect(page.get_by_role("heading", name="Hat das Gremium zugestimmt?")).to_be_visible()
    alma.ensure_accessible()
    alma.press("Jetzt bestätigen")
    expect(alma.heading).to_have_text("Sie haben für Achern gezeichnet.")


def she_seals(clara: Visitor, folder: Path) -> Path:
    page = clara.open("/board")
    expect(page.get_by_role("list", name="Quorum")).to_contain_text("erreicht")
    page = clara.open("/seal")
    clara.ensure_accessible()
    clara.press("Endgültig ausfertigen")
    with page.expect_download() as started:
        page.locator(f"a[href$='/declarations/{SLUG}/final.pdf']").first.click()
    path = folder / "final.pdf"
    started.value.save_as(path)
    return path


def the_document_shows_each_as_what_it_is(pdf: Path, folder: Path) -> None:
    subprocess.run(["pdftoppm", "-r", "70", "-png", pdf, folder / "page"], check=True)
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True)
    said = " ".join(done.stdout.decode().split())
    assert "Appenweier" not in said
    assert SECRET not in said
    assert LATER.strip() in said
    shown = (
        "Achern Alma Akelei",
        "i. V. Paula Primel",
        "in Vertretung für Falk Günsel",
        "Silke Salbei",
        "Till Thymian",
        "Offenburg Doris Distel",
        "Lahr/Schwarzwald Gustav Ginster",
        f"(1) Stadt Lahr/Schwarzwald {STATEMENT}",
        "elektronische Signatur Berghaupten",
        "Passkey 3: Achern, Oberkirch, Offenburg",
        "E-Mail-Code 2: Kehl, Lahr/Schwarzwald",
        "Papier Bad Peterstal-Griesbach",
    )
    assert [words for words in shown if words not in said] == []
    assert said.count("vertretungsberechtigt") == 2


def the_file_proves_what_can_be_proved(service: Service, pdf: Path) -> None:
    done = service.run("verify", str(pdf), "--json")
    assert done.returncode == EXIT_CODES[Verdict.TRIAL], done.stdout + done.stderr  # by a test certificate
    report: dict[str, Any] = json.loads(done.stdout)
    assert [f for f in report["findings"] if f["outcome"] in ("broken", "missing")] == []
    levels = [(s["municipality"], s["level"]) for s in report["sign_offs"]]
    assert levels == [
        ("Achern", "passkey"),
        ("Kehl", "email_code"),
        ("Kehl", "email_code"),
        ("Lahr/Schwarzwald", "email_code"),
        ("Oberkirch", "passkey"),
        ("Offenburg", "passkey"),
        ("Bad Peterstal-Griesbach", "paper"),
        ("Berghaupten", "pdf_signature"),
    ]


def the_browser_proves_the_same(browser: Browser, service: Service, pdf: Path) -> None:
    frank = Visitor(browser, service, "frank", phone=True)
    sent = refuse_uploads(frank.page)
    frank.page.goto(f"{service.base}/verify")
    drop(frank.page, pdf.read_bytes(), "erklaerung.pdf")
    expect(frank.page.get_by_role("status")).to_have_text("Nur eine Probe")
    expect(frank.page.locator("#browser-report")).to_contain_text("Berghaupten")
    assert sent == []
