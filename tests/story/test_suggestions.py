"""Anna proposes, Clara decides; and nothing is fixed while a suggestion is open."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, expect

from tests.story.people import Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"


def test_anna_proposes_and_clara_decides(browser: Browser, service: Service) -> None:
    anna, clara = (Visitor(browser, service, name).sign_in() for name in ("anna", "clara"))
    anna.open_editor()
    clara.open_editor()
    original = anna.written
    anna_proposes(anna)
    clara_sees_who_proposes_what(clara)
    the_freeze_is_refused(clara, count=3)
    clara_answers_with_the_keyboard(clara)
    expect(anna.text).to_contain_text("Handeln.")
    expect(anna.text.locator("ins, del")).to_have_count(0)
    assert " Bald." not in anna.written
    anna_undoes_only_her_own(anna, original)
    for visitor in (anna, clara):
        visitor.ensure_accessible()


def anna_proposes(anna: Visitor) -> None:
    """With the keyboard: a sentence in one place, a stroke in another, a kind in a third."""
    switch = anna.page.get_by_role("button", name="Vorschlagen", exact=True)
    expect(switch).to_have_attribute("aria-pressed", "false")
    anna.write_after(PASSAGE, "")
    anna.page.keyboard.press("Control+Shift+e")
    expect(switch).to_have_attribute("aria-pressed", "true")
    anna.page.keyboard.type(" Handeln.", delay=15)
    expect(anna.text.locator("ins")).to_have_text([" Handeln."])
    anna.write_after("Weitere Städte und Gemeinden", " Bald.")
    anna.text.locator("[data-kind=heading]").first.click()
    anna.page.keyboard.press("End")
    for _ in range(3):
        anna.page.keyboard.press("Backspace")
    expect(anna.text.locator("del")).to_have_count(1)
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()


def items(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("complementary", name="Offene Punkte").get_by_role("listitem")


def clara_sees_who_proposes_what(clara: Visitor) -> None:
    expect(items(clara)).to_have_count(3)
    expect(clara.page.get_by_role("button", name="3 offene Punkte")).to_be_visible()
    sentence = items(clara).filter(has_text="Handeln.")
    expect(sentence).to_contain_text(re.compile(r"Offenburg.*Anna \w+ · Präambel"))
    expect(sentence.locator("time")).to_have_attribute("datetime", re.compile(r"^20\d\d-"))
    expect(sentence.locator("ins")).to_have_text("Handeln.")
    expect(items(clara).first).to_contain_text("Streichen: ")
    clara.ensure_accessible()
    sentence.get_by_role("button", name="Offenburg").click()
    expect(clara.text.locator(".ke-on")).to_have_text(" Handeln.")
    clara.text.locator("del").click()
    expect(items(clara).and_(clara.page.locator("[data-active=true]"))).to_contain_text("Streichen:")


def the_freeze_is_refused(clara: Visitor, count: int) -> None:
    page = clara.context.new_page()
    page.goto(clara.page.url.replace("/edit", "/freeze"))
    page.get_by_role("button", name="Fassung 1 festlegen", exact=True).click()
    expect(page.get_by_text(f"noch Änderungsvorschläge offen ({count})")).to_be_visible()
    page.close()


def clara_answers_with_the_keyboard(clara: Visitor) -> None:
    clara.write_after("Präambel", "")
    items(clara).filter(has_text="Handeln.").get_by_role("button", name="Annehmen").press("Enter")
    expect(items(clara)).to_have_count(2)
    expect(clara.page.get_by_role("status").filter(has_text="Noch offene Vorschläge: 2")).to_be_attached()
    expect(clara.page.get_by_role("button", name="Annehmen").last).to_be_focused()
    for left in (1, 0):
        items(clara).first.get_by_role("button", name="Ablehnen").press("Enter")
        expect(items(clara)).to_have_count(left)
    expect(clara.page.get_by_role("button", name="0 offene Punkte")).to_be_focused()


def anna_undoes_only_her_own(anna: Visitor, original: str) -> None:
    """What Clara decided stays, as far as Anna's own letters are not concerned. Letters that were typed
    slowly are undone one by one."""
    anna.text.click()
    for _ in range(len(" Handeln." + " Bald.") + 3):
        anna.page.keyboard.press("Control+z")
    expect(anna.text.locator("ins, del")).to_have_count(0)
    expect(anna.text).not_to_contain_text("Handeln.")
    anna.ensure_written(original)
