"""The short code on a document leads to a page that compares a file with the published one, and shows it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.story.people import PHONE, Visitor
from tests.story.service import Service
from tests.story.shortcuts import Shortcuts
from tests.story.test_checking_a_pdf_in_the_browser import drop, refuse_uploads

PUBLISHED = "Datei ist die unter diesem Code veröffentlichte"
ANOTHER = "Die Datei ist nicht die unter diesem Code veröffentlichte"
INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  return data.filter((value, i) => i % 4 < 3 && value < 128).length
}"""
"""Dark dots that are painted."""


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


def ensure_painted(page: Page, count: int) -> None:
    pages = page.get_by_role("complementary", name="Seiten der Datei").get_by_role("img")
    expect(pages).to_have_count(count)
    expect(page.locator(".k-beside__page--painted").first).to_be_visible()
    assert pages.first.evaluate(INK) > 1_000


def with_programs() -> bytes:
    """A letter that wants to run something when it is opened, and when its page is."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="this.ran = 1; app.alert('läuft')")
        pdf.Root.OpenAction = action
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=action)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 400 400 re f")
        pdf.save(out)
    return out.getvalue()


def test_a_file_is_compared_with_the_published_one_and_shown(browser: Browser, shortcuts: Shortcuts) -> None:
    shortcuts.freeze()
    shortcuts.sign("doris")
    final = shortcuts.seal()
    shortcuts.publish_at(shortcuts.services.now())
    with pikepdf.open(io.BytesIO(final.pdf)) as opened:
        count = len(opened.pages)
    frank = Visitor(browser, shortcuts.service, "frank")
    page = frank.page
    sent = refuse_uploads(page)
    page.goto(f"{shortcuts.service.base}/v/{final.short_code}")
    expect(page.get_by_text("Dieser Code ist bekannt.")).to_be_visible()
    status, report = page.get_by_role("status"), page.locator("#browser-report")

    drop(page, final.pdf, "erklaerung.pdf")
    expect(status).to_have_text("Nur eine Probe")
    report.get_by_text("Prüfungen bestanden").click()
    expect(report.locator(".k-finding--proven").get_by_text(PUBLISHED)).to_be_visible()
    ensure_painted(page, count)
    frank.ensure_accessible()

    drop(page, final.pdf + b"\n", "angehaengt.pdf")
    expect(report).to_contain_text("angehaengt.pdf")
    expect(status).to_have_text("Nicht echt")
    middle = len(final.pdf) // 2
    tampered = final.pdf[:middle] + bytes([final.pdf[middle] ^ 1]) + final.pdf[middle + 1 :]
    drop(page, tampered, "anders.pdf")
    expect(report).to_contain_text("anders.pdf")
    expect(status).to_have_text("Nicht echt")
    expect(report.locator(".k-finding--broken").get_by_text(ANOTHER)).to_be_visible()

    drop(page, with_programs(), "fremd.pdf")
    expect(status).to_have_text("Kein Dokument aus Kraftakt")
    ensure_painted(page, 1)
    assert page.evaluate("[typeof ran, frames.length]") == ["undefined", 0]
    page.set_viewport_size(PHONE)
    drop(page, final.pdf, "erklaerung.pdf")
    expect(status).to_have_text("Nur eine Probe")
    expect(page.get_by_role("complementary")).to_have_count(0)
    assert sent == []
    frank.ensure_accessible()


def test_the_server_s_report_has_the_file_beside_it_too(browser: Browser, shortcuts: Shortcuts) -> None:
    frank = Visitor(browser, shortcuts.service, "frank")
    page = frank.page
    page.goto(f"{shortcuts.service.base}/verify")
    letter: FilePayload = {"name": "fremd.pdf", "mimeType": "application/pdf", "buffer": with_programs()}
    page.get_by_label("PDF-Datei", exact=True).set_input_files(letter)
    frank.press("Prüfen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kein Dokument aus Kraftakt")
    ensure_painted(page, 1)
    expect(page.get_by_role("button", name="Drucken oder als PDF speichern")).to_be_visible()
    frank.ensure_accessible()
