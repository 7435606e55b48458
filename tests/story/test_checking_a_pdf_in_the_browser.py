"""A stranger checks a sealed file on a page that never sends it anywhere."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.story.people import Visitor
from tests.story.service import Service

DROP = """([zone, data, name]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
  const transfer = new DataTransfer()
  transfer.items.add(new File([bytes], name, { type: "application/pdf" }))
  for (const type of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }))
  }
}"""


@pytest.fixture
def sealed(service: Service, tmp_path: Path) -> bytes:
    path = tmp_path / "erklaerung.pdf"
    done = service.run("demo-pdf", str(path))
    assert done.returncode == 0, done.stderr
    return path.read_bytes()


def drop(page: Page, pdf: bytes, name: str) -> None:
    zone = page.locator("#browser-check .k-drop").element_handle()
    page.evaluate(DROP, [zone, base64.b64encode(pdf).decode(), name])


def refuse_uploads(page: Page) -> list[str]:
    """Every request that carries anything is stopped, and kept to be looked at."""
    sent: list[str] = []

    def stop(route: Route) -> None:
        if route.request.method == "GET":
            return route.continue_()
        sent.append(route.request.url)
        return route.abort()

    page.route("**/*", stop)
    return sent


def test_frank_checks_a_file_without_sending_it(browser: Browser, service: Service, sealed: bytes) -> None:
    frank = Visitor(browser, service, "frank", phone=True)
    page = frank.page
    sent = refuse_uploads(page)
    page.goto(f"{service.base}/verify")
    status, report = page.get_by_role("status"), page.locator("#browser-report")

    drop(page, sealed, "erklaerung.pdf")
    expect(status).to_have_text("Nur eine Probe")
    report.get_by_text("51 Kommunen").click()
    expect(report.get_by_role("rowheader")).to_have_count(51)
    expect(report.get_by_role("row", name="Offenburg")).to_contain_text("Code per E-Mail")
    expect(report.get_by_text("Was der Browser nicht prüft")).to_be_visible()
    frank.ensure_accessible()

    middle = len(sealed) // 2
    tampered = sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]
    drop(page, tampered, "anders.pdf")
    expect(status).to_have_text("Nicht echt")
    expect(report).to_contain_text("anders.pdf")
    expect(report.locator(".k-finding--broken").first).to_contain_text("Nach der Ausfertigung verändert")

    chooser = page.get_by_label("PDF-Datei auf diesem Gerät")
    chooser.set_input_files({"name": "brief.txt", "mimeType": "text/plain", "buffer": b"Guten Tag"})
    expect(report).to_contain_text("brief.txt")
    expect(status).to_have_text("Die Datei ließ sich nicht lesen")
    assert sent == []
    frank.ensure_accessible()
