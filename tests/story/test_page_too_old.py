"""The server was renewed while a page was open: the page says so and gives back what it could not save."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, WebSocketRoute, expect

from server.sync.wire.close_codes import CloseCode
from tests.story.people import Visitor
from tests.story.service import Service


def test_an_old_page_is_to_be_loaded_anew_and_its_text_is_kept(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    anna = Visitor(browser, service, "anna").sign_in()
    line = Line()
    anna.page.route_web_socket("**/ws/**", line.open)
    anna.open_editor()
    anna.write_after("Maßstab unseres Handelns", "")
    line.renewed = True
    anna.page.keyboard.type(" Nicht gespeichert.", delay=15)
    line.cut()
    expect(anna.page.get_by_text("Bitte laden Sie die Seite neu.")).to_be_visible()
    expect(anna.text).to_have_attribute("contenteditable", "false")
    anna.ensure_accessible()
    with anna.page.expect_download() as started:
        anna.press("Text als Datei sichern")
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert path.name == "ungespeicherter-text.txt"
    assert "Nicht gespeichert." in path.read_text("utf-8")
    assert "\n\n1. Wir treiben den Ausbau" in path.read_text("utf-8")
    after_reloading_it_is_saved(anna, line)


def after_reloading_it_is_saved(anna: Visitor, line: Line) -> None:
    line.renewed = False
    anna.page.reload()
    expect(anna.text).to_contain_text("Nicht gespeichert.")
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()


class Line:
    """The room's socket. Once `renewed`, nothing reaches the server any more, and no old page is let in."""

    def __init__(self) -> None:
        self.renewed = False
        self._page: WebSocketRoute | None = None

    def open(self, page: WebSocketRoute) -> None:
        self._page = page
        if self.renewed:
            self.cut()
            return
        server = page.connect_to_server()
        page.on_message(lambda frame: None if self.renewed else server.send(frame))

    def cut(self) -> None:
        assert self._page is not None
        self._page.close(code=CloseCode.SCHEMA_TOO_OLD.value, reason="reload the page")
