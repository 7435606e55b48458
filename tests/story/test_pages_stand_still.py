"""No page jumps while it comes, and it fetches no letters that it does not show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.story.people import Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts

MOST = 0.05
"""Of cumulative layout shift; "good" is said of up to 0.1 (web.dev/cls)."""
WATCH = """
window.shifts = [];
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifts.push([entry.value,
        entry.sources.map(({node, previousRect, currentRect}) => [
            node && (node.outerHTML ?? node.data ?? "").slice(0, 90),
            Math.round(previousRect.y), Math.round(currentRect.y), Math.round(currentRect.height)])]);
}).observe({type: "layout-shift", buffered: true});
"""
PAGES = {
    "out": ["/login", "/verify"],
    "anna": ["/", f"/declarations/{SLUG}", f"/declarations/{SLUG}/edit"],
    "clara": [f"/declarations/{SLUG}/freeze", f"/declarations/{SLUG}/log"],
    "doris": [f"/declarations/{SLUG}/sign"],
}


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_no_page_jumps_or_fetches_foreign_letters(
    browser: Browser, shortcuts: Shortcuts, service: Service, phone: bool
) -> None:
    for name, paths in PAGES.items():
        if name == "doris":
            shortcuts.freeze()
        visitor = shortcuts.visitor(browser, name, phone=phone)
        visitor.context.add_init_script(WATCH)
        asked: list[str] = []
        visitor.page.on("request", lambda request, asked=asked: asked.append(request.url))
        for path in paths:
            look_at(visitor, service.base + path)
        assert [url for url in asked if "latin-ext" in url or url.endswith("favicon.ico")] == []
        visitor.context.close()


def look_at(visitor: Visitor, address: str) -> None:
    page = visitor.page
    page.goto(address)
    if address.endswith("/edit"):
        expect(page.locator("html[data-editor=ready]")).to_be_attached()
        expect(page.locator("#presence li")).not_to_have_count(0)
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("window.shifts")
    total = sum(value for value, _ in shifts)
    assert total < MOST, f"{address} {shifts}"
    forms = page.locator("form[data-passkey], form[data-once]")
    assert forms.evaluate_all("forms => forms.every(form => form.method === 'post')"), address
