"""Clara keeps a state under a name, Anna deletes everything, a paragraph comes back before her eyes."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.story.people import Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"


def test_a_passage_comes_back_into_the_open_editor(browser: Browser, service: Service) -> None:
    anna, clara = (Visitor(browser, service, name).sign_in() for name in ("anna", "clara"))
    anna.open_editor()
    expect(anna.text).to_contain_text(PASSAGE)
    before = anna.text.locator("[data-kind]").count()
    page = clara.open("/versions")
    page.get_by_label("Name des Zwischenstands").fill("Nach der Runde")
    clara.press("Festhalten")
    expect(page.get_by_role("status")).to_contain_text("festgehalten")
    expect(page.get_by_role("heading", name="Nach der Runde")).to_be_visible()
    clara.ensure_accessible()

    anna.text.click()
    anna.page.keyboard.press("Control+a")
    anna.page.keyboard.press("Delete")
    expect(anna.text.locator("[data-kind]")).to_have_count(1)
    expect(anna.page.locator("[data-saved=true][data-connection=online]")).to_be_visible()

    page.get_by_role("link", name="Mit jetzt vergleichen").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Arbeitsstand im Vergleich")
    clara.ensure_accessible()
    passage = page.locator(".k-pass", has_text=PASSAGE)
    passage.get_by_role("button", name="Diese Stelle wiederherstellen").click()
    expect(page.get_by_role("status")).to_contain_text("sieht ihn jetzt")
    expect(anna.text).to_contain_text(PASSAGE)
    anna.write_after(PASSAGE, " Und weiter.")

    page.get_by_role("link", name="Mit jetzt vergleichen").last.click()
    page.get_by_role("link", name="Synopse").click()
    expect(page.locator(".k-compared--synopsis")).to_be_visible()
    clara.ensure_accessible()

    clara.open("/versions")
    named = page.locator(".k-versions > li", has=page.get_by_role("heading", name="Nach der Runde"))
    named.get_by_text("Wiederherstellen", exact=True).click()
    named.get_by_role("button", name="Diesen Text wiederherstellen").click()
    expect(anna.text.locator("[data-kind]")).to_have_count(before)
    assert anna.complaints == []
