"""Somebody on the phone says „Zeile 10“: whoever reads, on whatever screen, and whoever writes is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.people import WORDS_BEHIND, Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts

HOME = f"/declarations/{SLUG}"


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


def words_of(page: Page, line: str) -> str:
    expect(page.locator(line)).to_be_attached()
    return str(page.locator(line).evaluate(WORDS_BEHIND))


def test_everybody_finds_the_same_line(browser: Browser, shortcuts: Shortcuts) -> None:
    shortcuts.freeze()
    shortcuts.reopen()
    doris = shortcuts.visitor(browser, "doris", phone=True)
    page = doris.page
    page.goto(f"{shortcuts.service.base}{HOME}/revisions/1")
    page.get_by_label("Zeile, von 1 bis").fill("10")
    page.get_by_role("button", name="Dorthin").click()
    expect(page).to_have_url(f"{shortcuts.service.base}{HOME}/revisions/1#zeile-10")
    expect(page.locator("#zeile-10")).to_be_in_viewport()
    said = words_of(page, "#zeile-10")
    doris.ensure_accessible()

    anna = shortcuts.visitor(browser, "anna")
    anna.page.goto(f"{shortcuts.service.base}{HOME}/edit#zeile-10")
    expect(anna.page.locator('.ke-line[data-line="10"]')).to_be_in_viewport()
    assert words_of(anna.page, '.ke-line[data-line="10"]') == said
    write_above(anna)
    assert words_of(anna.page, '.ke-line[data-line="10"]') == said
    anna.ensure_accessible()
    anna.page.get_by_role("button", name="Zeilennummern").click()
    expect(anna.page.locator(".ke-line")).to_have_count(0)
    words_that_are_looked_for_come_into_sight(anna)


def words_that_are_looked_for_come_into_sight(anna: Visitor) -> None:
    """While the keyboard stays in the field."""
    anna.text.press("Control+f")
    anna.page.keyboard.type("Haushaltslage")
    expect(anna.page.locator(".ke-found--here")).to_be_in_viewport(ratio=1)
    expect(anna.page.get_by_label("Suchen", exact=True).first).to_have_value("Haushaltslage")


def write_above(anna: Visitor) -> None:
    """A paragraph in front of all lines, long enough for several."""
    anna.text.click()
    anna.page.keyboard.press("Control+Home")
    anna.page.keyboard.type("Ganz neu und lang. " * 12)
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()
