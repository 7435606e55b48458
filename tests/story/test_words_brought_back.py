"""Anna deletes everything; Clara brings words back from an earlier state, and Anna sees them at once."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.story.people import Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"


def test_a_passage_comes_back_into_the_open_editor(browser: Browser, service: Service) -> None:
    anna, clara = (Visitor(browser, service, name).sign_in() for name in ("anna", "clara"))
    anna.open_editor()
    expect(anna.text).to_contain_text(PASSAGE)
    before = anna.text.locator("[data-kind]").count()
    anna.text.click()
    anna.page.keyboard.press("Control+a")
    anna.page.keyboard.press("Delete")
    expect(anna.text.locator("[data-kind]")).to_have_count(1)
    expect(anna.page.locator("[data-saved=true][data-connection=online]")).to_be_visible()
    page = clara.open("/text/history")
    clara.ensure_accessible()
    page.get_by_role("link", name=re.compile("Uhr")).last.click()
    clara.ensure_accessible()
    passage = page.locator(".k-comparison", has_text=PASSAGE)
    passage.locator("xpath=following-sibling::form[1]").get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("sieht ihn jetzt")
    expect(anna.text).to_contain_text(PASSAGE)
    anna.write_after(PASSAGE, " Und weiter.")
    page.get_by_role("link", name=re.compile("Uhr")).last.click()
    clara.press("Den ganzen Text zurückholen")
    expect(anna.text.locator("[data-kind]")).to_have_count(before)
    assert anna.complaints == []
