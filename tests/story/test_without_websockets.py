"""Anna's network lets no WebSockets through: she and Ben write together all the same."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.story.people import Visitor
from tests.story.service import Service

BLOCKED = """
window.WebSocket = class {
  constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 50) }
  send() {}
  close() {}
}
"""


def test_anna_writes_behind_a_strict_proxy(browser: Browser, service: Service) -> None:
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    anna.context.add_init_script(BLOCKED)
    carried: list[str] = []
    anna.page.on("request", lambda request: carried.append(f"{request.method} {request.url}"))
    ben.open_editor()
    anna.open_editor()
    anna.write_after("Weitere Städte und Gemeinden", " Sofort.")
    expect(ben.text).to_contain_text(" Sofort.")
    ben.write_after("Sofort.", " Gemeinsam.")
    expect(anna.text).to_contain_text(" Sofort. Gemeinsam.")
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()
    assert any(line.startswith("POST") and "/live/declarations/" in line for line in carried)
    anna.page.goto(service.base)
    expect(ben.page.locator("#presence")).not_to_contain_text("Anna")
    for visitor in (anna, ben):
        assert visitor.complaints == []
