"""Whoever comes late, and whoever loads the page again, sees what is shown to those who were there."""

from __future__ import annotations

import json
from collections.abc import Sequence

from playwright.sync_api import Browser, Error, Page, expect

from tests.story.people import Visitor
from tests.story.service import Service

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
SHOWS = f"wanted => JSON.stringify(({READ})()) === wanted"
PAGES = ("versions", "authorship", "sections", "decisions", "branches", "workshops")
LAST_VISIT = "a[href*='old=visit']"
"""Differs from look to look, as it should."""


def ensure_the_same_for_late_comers(
    browser: Browser, service: Service, visitors: Sequence[Visitor], wanted: Sequence[str]
) -> None:
    """Each of the visitors has had the editor open while everything happened. `wanted`: words that must stand
    on one of the panels. The pages are read by the last, who may read all of them."""
    for visitor in visitors:
        there = _look(visitor.page)
        missing = [words for words in wanted if words not in json.dumps(there, ensure_ascii=False)]
        assert missing == [], (visitor.name, there)
        visitor.page.reload()
        _ensure_shown(visitor, there, "loaded again")
        late = Visitor(browser, service, visitor.name).sign_in()
        late.open_editor()
        _ensure_shown(late, there, "came late")
        for page in PAGES if visitor is visitors[-1] else ():
            assert _read_page(late, page) == _read_page(visitor, page), (visitor.name, page)
        assert late.complaints == []
        late.context.close()
        visitor.open_editor()


def _look(page: Page) -> list[dict[str, object]]:
    """With the open threads, then the resolved ones."""
    expect(page.locator("html[data-editor=ready]")).to_be_attached()
    found = []
    for chosen in ("open", "resolved"):
        _show(page, chosen)
        page.wait_for_timeout(400)  # cards are gathered once the text is calm
        found.append(page.evaluate(READ))
        page.keyboard.press("Escape")
    _show(page, "open")
    page.keyboard.press("Escape")
    return found


def _show(page: Page, threads: str) -> None:
    choice = page.locator(".ke-comments-filter__choice")
    expect(choice).to_be_visible()
    choice.select_option(threads)
    page.locator(".ke-count").click()
    expect(page.get_by_role("region", name="Offene Punkte")).to_be_visible()


def _ensure_shown(visitor: Visitor, there: list[dict[str, object]], how: str) -> None:
    page = visitor.page
    expect(page.locator("html[data-editor=ready]")).to_be_attached()
    for chosen, wanted in zip(("open", "resolved"), there, strict=True):
        _show(page, chosen)
        try:
            page.wait_for_function(
                SHOWS, arg=json.dumps(wanted, ensure_ascii=False, separators=(",", ":")), timeout=20_000
            )
        except Error:
            now = page.evaluate(READ)
            other = {key: (wanted[key], now[key]) for key in now if now[key] != wanted[key]}
            assert other == {}, (visitor.name, how, chosen, other)
        page.keyboard.press("Escape")


def _read_page(visitor: Visitor, page: str) -> str:
    answer = visitor.page.goto(f"{visitor.home}/{page}")
    assert answer is not None, page
    assert answer.status == 200, page
    visitor.page.locator(LAST_VISIT).evaluate_all("links => links.forEach(link => link.remove())")
    return str(visitor.main.inner_text())
