"""No page jumps while it comes, and it fetches no letters that it does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from starlette.routing import Route

from server.web.routes import create_routes
from tests.story.people import Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts

HOME = f"/declarations/{SLUG}"
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
ROLES = ("out", "anna", "clara", "doris", "emil")
PLACES = {"slug": SLUG, "number": "1", "code": "ABCD-EFGH"}
"""What addresses name. Those that name something else belong to a moment: a link, a challenge."""


def addresses() -> list[str]:
    """Of every page that is read with GET."""
    routes = [route for route in create_routes() if isinstance(route, Route)]
    paths = [route.path for route in routes if "GET" in (route.methods or ()) and names(route) <= set(PLACES)]
    return sorted({re.sub(r"{(\w+)[^}]*}", lambda found: PLACES[found[1]], path) for path in paths})


def names(route: Route) -> set[str]:
    return set(route.param_convertors)


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_no_page_jumps_or_fetches_foreign_letters(
    browser: Browser, shortcuts: Shortcuts, service: Service, phone: bool
) -> None:
    """Each page that somebody can open, while the text is drafted, once it was fixed, once it is public."""
    seen: set[str] = set()
    for phase in ("drafting", "signing", "published"):
        if phase == "signing":
            shortcuts.freeze()
        if phase == "published":
            shortcuts.sign("doris")
            shortcuts.seal()
            shortcuts.publish_at(shortcuts.services.now())
        for name in ROLES:
            visitor = shortcuts.visitor(browser, name, phone=phone)
            visitor.context.add_init_script(WATCH)
            asked: list[str] = []
            visitor.page.on("request", lambda request, asked=asked: asked.append(request.url))
            for path in addresses():
                if (path not in seen or path == HOME) and is_page(visitor, service.base + path):
                    seen.add(path)
                    look_at(visitor, service.base + path)
            assert [url for url in asked if "latin-ext" in url or url.endswith("favicon.ico")] == []
            visitor.context.close()
    assert len(seen) > 12, seen
    assert {f"/e/{SLUG}", f"/e/{SLUG}/einbetten", f"{HOME}/release", f"{HOME}/press"} <= seen
    assert {HOME, f"{HOME}/edit", f"{HOME}/sign", f"{HOME}/versions", f"{HOME}/revisions/1"} <= seen


def is_page(visitor: Visitor, address: str) -> bool:
    """Whether the person may open it now, and it is shown by the browser itself."""
    answer = visitor.context.request.get(address, max_redirects=0)
    return answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")


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
