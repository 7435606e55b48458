"""From the sealed file to a declaration that is out in the world, and to one who joins it in July."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, expect

from server.cli.demo import demo_start
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.register_rows import RegisterEntry
from server.domain.terms.local_time import day_of
from server.storage.people.register import put_entries
from tests.story.people import BY_CODE, TIMEOUT, Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts
from tests.waiting import HANG, until

EMMENDINGEN = RegisterEntry(
    Municipality("08316011", "Emmendingen", MunicipalityKind.GROSSE_KREISSTADT),
    "Emmendingen",
    48.12,
    7.85,
    28_000,
)
"""The 52nd, of the neighbouring district."""
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
E = f"/e/{SLUG}"
CLOSED = ("", "/erklaerung.pdf", "/text.txt", "/namen.json", "/karte.svg", "/bild.png", "/feed.atom")


def test_nobody_presses_anything_at_the_hour_and_in_july_one_more_joins(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    with Shortcuts(service) as shortcuts:
        shortcuts.freeze()
        for name in ("doris", "gustav"):
            shortcuts.sign(name)
        shortcuts.seal()
        clara, emil = (shortcuts.visitor(browser, name) for name in ("clara", "emil"))
        the_press_takes_the_kit_with_its_name(emil)
        the_coordination_rehearses(clara)
        strangers_find_nothing(service)
        the_hour_comes_while_the_service_restarts(service, shortcuts)
        reader = without_script(browser, service)
        original = a_reader_finds_their_mayor_and_checks_the_pdf(reader, tmp_path)
        shortcuts.write(put_entries, [EMMENDINGEN])
        a_municipality_asks_to_join(reader)
        the_coordination_confirms(clara)
        the_mayor_signs_the_same_text(shortcuts.visitor(browser, "karl", phone=True))
        the_annex_is_sealed(clara)
        everything_follows_and_the_original_is_the_same(reader, original)
        an_erratum_is_proposed_by_one_and_sealed_by_another(clara, emil)
        the_old_file_leads_to_it(reader, clara, tmp_path / "erklaerung.pdf")


def the_hour() -> str:
    """Of the demo's release, in the next year that has it ahead."""
    embargo = demo_start(datetime.now(UTC)).embargo
    assert embargo is not None
    return f"{WEEKDAYS[day_of(embargo).weekday()]}, 18. Juni"


def the_press_takes_the_kit_with_its_name(emil: Visitor) -> None:
    page = emil.open("/press")
    expect(page.get_by_text(f"Sperrfrist: {the_hour()}").first).to_be_visible()
    emil.ensure_accessible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Pressemappe herunterladen").click()
    assert saved.value.suggested_filename.startswith("SPERRFRIST-")
    with zipfile.ZipFile(io.BytesIO(Path(saved.value.path()).read_bytes())) as kit:
        name = next(name for name in kit.namelist() if name.endswith(".pdf"))
        first = pypdfium2.PdfDocument(kit.read(name))[0].get_textpage().get_text_bounded()
    assert "Vorabexemplar für Emil Efeu" in first


def the_coordination_rehearses(clara: Visitor) -> None:
    page = clara.open("/release")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Öffentlich ab {the_hour()}")
    clara.ensure_accessible()
    page.get_by_role("link", name="Probelauf: die Seite, wie sie sein wird").click()
    expect(page.get_by_text("Probelauf", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ortenauer Erklärung")


def strangers_find_nothing(service: Service) -> None:
    for path in CLOSED:
        assert status_of(f"{service.base}{E}{path}") == 404, path
    assert status_of(f"{service.base}/api/v1/declarations/{SLUG}") == 404


def the_hour_comes_while_the_service_restarts(service: Service, shortcuts: Shortcuts) -> None:
    """However long the restart takes: closed before the hour, open from it on."""
    hour = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=20)
    shortcuts.publish_at(hour)
    service.kill()
    service.start()
    assert until(lambda: status_of(f"{service.base}{E}"), lambda status: status != 404) == 200
    assert datetime.now(UTC) >= hour


def without_script(browser: Browser, service: Service) -> Page:
    context = browser.new_context(
        base_url=service.base,
        viewport={"width": 390, "height": 844},
        locale="de-DE",
        java_script_enabled=False,
    )
    context.set_default_timeout(TIMEOUT)
    return context.new_page()


def a_reader_finds_their_mayor_and_checks_the_pdf(reader: Page, folder: Path) -> bytes:
    reader.goto(E)
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Ortenauer Erklärung")
    row = reader.locator("tr").filter(has_text="Offenburg")
    expect(row).to_contain_text("Doris Distel")
    ensure_whole_on_paper(reader)
    reader.get_by_role("link", name="7.", exact=True).click()
    expect(reader).to_have_url(re.compile("#ziffer-7$"))
    original = reader.request.get(f"{E}/erklaerung.pdf").body()
    (folder / "erklaerung.pdf").write_bytes(original)
    reader.goto("/verify")
    reader.locator("#pdf").set_input_files(folder / "erklaerung.pdf")
    reader.get_by_role("button", name="Prüfen", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Nur eine Probe")
    expect(reader.locator("main")).to_contain_text("Doris Distel")
    return original


def ensure_whole_on_paper(reader: Page) -> None:
    """Nothing of the text begins left of the sheet."""
    size = reader.viewport_size or {"width": 1280, "height": 720}
    reader.set_viewport_size({"width": 612, "height": 860})  # A4 between its margins
    reader.emulate_media(media="print")
    for part in (reader.locator(".p-decl h2").first, reader.get_by_role("link", name="7.", exact=True)):
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
    reader.emulate_media(media="screen")
    reader.set_viewport_size(size)


def a_municipality_asks_to_join(reader: Page) -> None:
    reader.goto(E)
    reader.get_by_role("link", name="Beitritt beantragen").click()
    reader.get_by_label("Kommune").select_option("Emmendingen")
    reader.get_by_label("Name des Stadtoberhaupts").fill("Karl Kiefer")
    reader.get_by_label("Amtsbezeichnung").fill("Oberbürgermeister")
    reader.get_by_label("Dienstliche E‑Mail-Adresse").fill("karl@emmendingen.example")
    reader.get_by_role("button", name="Beitritt beantragen").click()
    expect(reader.get_by_text("Eingegangen, wird geprüft")).to_be_visible()


def the_coordination_confirms(clara: Visitor) -> None:
    page = clara.open("/accessions")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 Kommune möchte beitreten.")
    clara.ensure_accessible()
    clara.press("Bestätigen und einladen")
    expect(page.get_by_text("bestätigt, das Stadtoberhaupt kann zeichnen")).to_be_visible()


def the_mayor_signs_the_same_text(karl: Visitor) -> None:
    page = karl.open("/sign")
    karl.sign(BY_CODE)
    field = page.get_by_label("Code aus der E-Mail")
    expect(field).to_be_visible()
    field.fill(karl.service.newest_code("karl@emmendingen.example"))
    karl.press("Zeichnen")
    expect(page.get_by_text("Sie haben für Emmendingen gezeichnet.")).to_be_visible()


def the_annex_is_sealed(clara: Visitor) -> None:
    page = clara.open("/accessions")
    clara.press("Nachtrag 1 siegeln")
    expect(page.locator("main")).to_contain_text("3 Kommunen stehen hinter dem Text.")


def everything_follows_and_the_original_is_the_same(reader: Page, original: bytes) -> None:
    until(lambda: "Karl Kiefer" in reader.request.get(E).text())
    reader.goto(E)
    reader.reload()  # the browser's own copy may be as old
    expect(reader.locator("tr").filter(has_text="Emmendingen")).to_contain_text("beigetreten am")
    expect(reader.locator(".p-map a[href='#k-08316011']")).to_be_attached()
    assert ">3</text>" in reader.request.get(f"{E}/zaehler.svg").text()
    assert reader.request.get(f"{E}/nachtrag/1.pdf").ok
    assert reader.request.get(f"{E}/erklaerung.pdf").body() == original


def an_erratum_is_proposed_by_one_and_sealed_by_another(clara: Visitor, emil: Visitor) -> None:
    page = clara.open("/addenda")
    clara.ensure_accessible()
    page.get_by_label("Was falsch ist und warum").fill("Im Vorspann steht ein falscher Tag.")
    clara.press("Berichtigung vorschlagen")
    expect(page.get_by_role("heading", name="Berichtigung: wartet auf eine zweite Person")).to_be_visible()
    page = emil.open("/addenda")
    emil.press("Berichtigung siegeln und veröffentlichen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Es sind Berichtigungen veröffentlicht.")


def the_old_file_leads_to_it(reader: Page, clara: Visitor, original: Path) -> None:
    until(lambda: "falscher Tag" in reader.request.get(E).text())
    reader.goto(E)
    reader.reload()
    expect(reader.get_by_role("heading", name="Berichtigung 1")).to_be_visible()
    reader.locator(".p-code").click()
    expect(reader.get_by_text("Zu dieser Erklärung gibt es eine Berichtigung")).to_be_visible()
    assert reader.request.get(f"{E}/erklaerung.pdf").body() == original.read_bytes()
    page = clara.page
    page.goto(f"{clara.service.base}/verify")
    page.locator("#local-pdf").set_input_files(original)
    report = page.locator("#browser-report")
    expect(
        report.get_by_role("heading", name="Zu dieser Erklärung gibt es eine Berichtigung")
    ).to_be_visible()


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=HANG) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)
