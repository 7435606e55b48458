"""Anna's train goes into a tunnel: nothing she writes is lost, and the page tells the truth all the time."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.story.people import Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"
STATUS = ".ke-status__words"
KEPT = "liegt auf diesem Gerät"
CACHED = "caches.keys().then(names => Promise.all(names.map(n => caches.open(n).then(c => c.keys()))))"
CACHED += ".then(lists => lists.flat().map(r => new URL(r.url).pathname))"

WORKERS = "navigator.serviceWorker.getRegistrations()"


def test_what_is_written_without_a_connection_survives_closing_the_tab(
    browser: Browser, service: Service
) -> None:
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    anna.open_editor()
    ben.open_editor()
    wait_for_the_copy(anna)
    anna_writes_offline(anna)
    ben.write_after(PASSAGE, " Ben auch.")
    anna_reopens_the_page_offline(anna)
    anna.context.set_offline(False)
    for words in ("Im Tunnel.", "Noch im Tunnel."):
        expect(ben.text).to_contain_text(words)
    expect(anna.text).to_contain_text("Ben auch.")
    expect(anna.page.locator(STATUS)).to_have_text("Alles gespeichert")
    only_the_editor_is_in_the_cache(anna)
    signing_out_removes_it(anna)


def wait_for_the_copy(visitor: Visitor) -> None:
    path = visitor.page.evaluate("location.pathname")
    visitor.page.wait_for_function(
        "path => caches.match(path).then(page => Boolean(page) && caches.match('/static/editor.js', "
        "{ignoreSearch: true})).then(Boolean)",
        arg=path,
    )


def anna_writes_offline(anna: Visitor) -> None:
    anna.write_after(PASSAGE, "")
    expect(anna.page.locator(STATUS)).to_have_text("Alles gespeichert")
    anna.go_offline()
    anna.page.keyboard.type(" Im Tunnel. ", delay=15)
    expect(anna.page.locator("[data-saved=false]")).to_be_visible()
    expect(anna.page.locator(STATUS)).to_contain_text(KEPT)


def anna_reopens_the_page_offline(anna: Visitor) -> None:
    address = anna.page.url
    anna.page.close()
    anna.page = anna.context.new_page()
    anna.page.goto(address)
    expect(anna.text).to_contain_text("Im Tunnel.")
    expect(anna.text).to_contain_text(PASSAGE)
    expect(anna.page.locator(STATUS)).to_contain_text(KEPT)
    anna.write_after("Im Tunnel.", " Noch im Tunnel. ")
    expect(anna.page.locator(STATUS)).to_contain_text(KEPT)
    anna.page.reload()
    expect(anna.text).to_contain_text("Noch im Tunnel.")


def cached(page: Page) -> list[str]:
    paths: list[str] = page.evaluate(CACHED)
    return paths


def only_the_editor_is_in_the_cache(anna: Visitor) -> None:
    anna.open()
    anna.open("/edit")
    pages = [path for path in cached(anna.page) if not path.startswith("/static/")]
    assert pages == ["/declarations/ortenauer-erklaerung/edit"]


def signing_out_removes_it(anna: Visitor) -> None:
    """At the latest by the page that comes then."""
    anna.open()
    anna.press("Abmelden")
    expect(anna.page.get_by_role("button", name="Abmelden")).to_have_count(0)
    anna.page.wait_for_function(f"{CACHED}.then(paths => paths.length === 0)")
    anna.page.wait_for_function(f"{WORKERS}.then(all => all.length === 0)")
