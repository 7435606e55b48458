"""Whoever comes late, and whoever loads the page again, sees what is shown to those who were there."""

from __future__ import annotations

import json
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, expect

from tests.story.people import Visitor
from tests.story.service import Service
from tests.waiting import until

READ = """() => {
  const words = node => {
    const bare = node.cloneNode(true)
    for (const caret of bare.querySelectorAll(".ke-caret")) caret.remove()
    return bare.textContent
  }
  const all = where => [...document.querySelectorAll(where)].map(words)
  return {
    text: all("#editor .ProseMirror > *"),
    marks: all("#editor :is(ins, del, .ke-comment, [data-suggested])"),
    cards: all("#cards .ke-card"),
    points: all(".ke-points"),
    count: all(".ke-count"),
    outline: all("#outline li"),
  }
}"""
PAGES = ("versions", "authorship", "sections", "decisions", "branches", "workshops")
LAST_VISIT = "a[href*='old=visit']"
"""Differs from look to look, as it should."""


def ensure_the_same_for_late_comers(
    browser: Browser, service: Service, visitors: Sequence[Visitor], wanted: Sequence[str]
) -> None:
    """Each of the visitors has had the editor open while everything happened. `wanted`: words that must stand
    on one of the panels. The pages are read by the last, who may read all of them."""
    for visitor in visitors:
        late = Visitor(browser, service, visitor.name).sign_in()
        late.open_editor()
        _ensure_same(visitor.page, late.page, wanted, "came late")
        visitor.page.reload()
        _ensure_same(visitor.page, late.page, wanted, "loaded again")
        for page in PAGES if visitor is visitors[-1] else ():
            _until_reads_same(visitor, late, page)
        assert late.complaints == []
        late.context.close()
        visitor.open_editor()


def _ensure_same(one: Page, other: Page, wanted: Sequence[str], how: str) -> None:
    """With the open threads, then the resolved ones."""
    for page in (one, other):
        expect(page.locator("html[data-editor=ready]")).to_be_attached()
    open_ones = _until_same(one, other, "open", [], how)
    _until_same(one, other, "resolved", [words for words in wanted if words not in open_ones], how)
    for page in (one, other):
        _show(page, "open")
        page.keyboard.press("Escape")


def _until_same(one: Page, other: Page, threads: str, wanted: Sequence[str], how: str) -> str:
    """What both show in the end."""
    for page in (one, other):
        _show(page, threads)

    def look() -> tuple[str, object]:
        """What one shows, and what is wrong."""
        here, there = one.evaluate(READ), other.evaluate(READ)
        shown = json.dumps(here, ensure_ascii=False)
        missing = [words for words in wanted if words not in shown]
        differing = {key: (here[key], there[key]) for key in here if here[key] != there[key]}
        return shown, (how, threads, missing, differing) if missing or differing else None

    shown, _ = until(look, lambda seen: seen[1] is None)
    for page in (one, other):
        page.keyboard.press("Escape")
    return shown


def _show(page: Page, threads: str) -> None:
    choice = page.locator(".ke-comments-filter__choice")
    expect(choice).to_be_visible()
    choice.select_option(threads)
    page.locator(".ke-count").click()
    expect(page.get_by_role("region", name="Offene Punkte")).to_be_visible()


def _until_reads_same(one: Visitor, other: Visitor, page: str) -> None:
    """A minute may pass between the two, or what was done be written down."""
    until(lambda: (_read_page(one, page), _read_page(other, page)), lambda said: said[0] == said[1])


def _read_page(visitor: Visitor, page: str) -> str:
    answer = visitor.page.goto(f"{visitor.home}/{page}")
    assert answer is not None, page
    assert answer.status == 200, page
    visitor.page.locator(LAST_VISIT).evaluate_all("links => links.forEach(link => link.remove())")
    return str(visitor.main.inner_text())
