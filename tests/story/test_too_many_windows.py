"""Anna has texts open in too many windows: the next one says which way out there is."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from server.sync.room.limits import Limits
from server.sync.room.room import SCHEMA
from tests.story.people import Visitor
from tests.story.service import SLUG, Service

NOTICE = ".ke-editor__notice"
OTHERS = """
([count, path]) => {
  const address = `ws://${location.host}${path}`
  window.others = Array.from({ length: count }, () => new WebSocket(address, "kraftakt.v1"))
  return Promise.all(window.others.map((socket) => new Promise((done) => { socket.onmessage = done })))
    .then((all) => all.length)
}
"""
CLOSED = """
() => Promise.all(window.others.map((socket) => new Promise((done) => {
  socket.onclose = done
  socket.close()
})))
"""


def test_the_window_too_many_says_what_to_do_and_connects_when_others_are_closed(
    browser: Browser, service: Service
) -> None:
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    elsewhere = anna.context.new_page()
    elsewhere.goto(service.base)
    most = Limits().connections_per_person
    assert elsewhere.evaluate(OTHERS, [most, f"/ws/declarations/{SLUG}?schema={SCHEMA}"]) == most
    anna.open("/edit")
    expect(anna.page.locator(NOTICE)).to_contain_text("Bitte schließen Sie einige davon")
    anna.ensure_accessible()
    ben.open_editor()
    anna.open("/edit?lang=en")
    expect(anna.page.locator(NOTICE)).to_contain_text("Please close some of them")
    elsewhere.evaluate(CLOSED)
    anna.open_editor()
    expect(anna.page.locator(NOTICE)).to_be_hidden()
    assert anna.complaints == []
