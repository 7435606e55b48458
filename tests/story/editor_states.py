"""What the editor's page can look like: led to each state in turn, on one page, without loading it anew."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Locator, expect

from tests.story.people import Visitor


def editor_states(visitor: Visitor, passage: str) -> Iterator[str]:
    """The name of each, while the page shows it. `passage`: words of the text that nobody has spoken of."""
    page = visitor.page
    narrow = (page.viewport_size or {"width": 0})["width"] < 1000
    visitor.open_editor()
    yield from _writing(visitor, passage)
    _button(visitor, "Gliederung").click()
    _button(visitor, "Suchen und ersetzen").click()
    page.keyboard.type("Kommune")
    yield "outline toggled, found words"
    page.keyboard.press("Escape")
    _button(visitor, "Zeilennummern").click()
    _button(visitor, "Gehe zu Zeile oder Ziffer").click()
    page.keyboard.type("4000")
    page.keyboard.press("Enter")
    yield "line numbers, and one that is not there"
    page.keyboard.press("Escape")
    for button in ("Zeilennummern", "Gliederung"):
        _button(visitor, button).click()
    yield from _commenting(visitor, passage)
    page.locator("#count button").first.click()
    if narrow:
        yield "sheet of all cards"
        _button(visitor, "Übersicht").click()
    expect(page.get_by_role("region", name="Offene Punkte")).to_be_visible()
    yield "open points with their filters"
    page.keyboard.press("Escape")
    yield from _dialogs(visitor, passage)


def _writing(visitor: Visitor, passage: str) -> Iterator[str]:
    page = visitor.page
    _button(visitor, "Vorschlagen").click()
    visitor.select(passage)
    page.keyboard.press("Control+b")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("neue Wörter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Alt+3")
    expect(visitor.text.locator("[data-suggested~=kind]").first).to_be_attached()
    expect(page.locator("[data-saved=true]")).to_be_visible()
    yield "suggesting, with proposals of every kind"
    _button(visitor, "Bearbeiten").click()


def _commenting(visitor: Visitor, passage: str) -> Iterator[str]:
    page = visitor.page
    visitor.select(passage)
    page.keyboard.press("Control+Alt+m")
    page.keyboard.type("Passt das so? @B")
    expect(page.locator(".ke-mentions [role=option]").first).to_be_visible()
    yield "a comment being written, names offered"
    page.keyboard.press("Enter")
    page.get_by_label("In wessen Namen").select_option(label="Lahr/Schwarzwald")
    expect(page.get_by_label("Wie geäußert")).to_be_visible()
    yield "written down for somebody else"
    page.get_by_role("textbox", name="Kommentar", exact=True).press("Control+Enter")
    thread = page.locator(".ke-card[data-kind=thread][data-active=true]")
    expect(thread).to_contain_text("Passt das so?")
    thread.get_by_role("button", name="Antworten").click()
    expect(page.get_by_role("textbox", name="Kommentar", exact=True)).to_be_focused()
    yield "a thread open, being answered"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def _dialogs(visitor: Visitor, passage: str) -> Iterator[str]:
    page = visitor.page
    visitor.select(passage)
    page.keyboard.press("Control+k")
    yield "link dialog"
    page.keyboard.press("Escape")
    _button(visitor, "Menü").click()
    yield "menu"
    page.get_by_role("link", name="Tastenkürzel").click()
    expect(page.locator("dialog #shortcuts")).to_be_visible()
    yield "shortcuts"
    page.keyboard.press("Escape")
    page.locator("#presence button").first.click()
    yield "who is here"
    page.keyboard.press("Escape")
    visitor.context.set_offline(True)
    expect(page.locator("[data-connection=offline]")).to_be_visible()
    yield "without a connection"
    visitor.context.set_offline(False)
    expect(page.locator("[data-connection=online]")).to_be_visible()


def _button(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("button", name=name, exact=True)
