"""Two people delete the same word and undo that; one of them has left before the other's copy arrives."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, expect

from tests.story.people import Visitor
from tests.story.service import Service

WORD = "unberührt"
"""The last one of the text."""
FIXED_CLIENT_ID = """(() => {
  const random = crypto.getRandomValues.bind(crypto)
  crypto.getRandomValues = (array) => array instanceof Uint32Array ? array.fill(%d + loads) : random(array)
  const loads = Number(performance.getEntriesByType("navigation")[0]?.type === "reload")
})()"""
"""Of two clients the one with the greater number takes its copy back, unless it has left."""


def test_who_brought_a_word_back_as_somebody_who_left_did_is_told(browser: Browser, service: Service) -> None:
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    for number, visitor in enumerate((anna, ben), start=1):
        visitor.page.add_init_script(FIXED_CLIENT_ID % (number * 1000))
        visitor.open_editor()
    expect(anna.page.locator("#presence")).to_contain_text("Lahr")
    original = anna.written
    anna.go_offline()
    for visitor in (anna, ben):
        deletes_the_word_and_undoes(visitor)
    expect(ben.page.locator("[data-saved=true]")).to_be_visible()
    ben.page.close()
    anna.context.set_offline(False)
    anna_is_told(anna, "Ben Birke, Lahr/Schwarzwald")
    expect(anna.text).to_be_focused()
    anna.page.reload()
    anna_is_told(anna, "eine weitere Person")  # nobody there knows Ben any more
    anna_looks_at_it_and_removes_a_copy(anna, original)
    anna_undoes_that_and_proposes_it_instead(anna)
    assert anna.complaints == []


def deletes_the_word_and_undoes(visitor: Visitor) -> None:
    visitor.text.click()
    visitor.page.keyboard.press("Control+End")
    for _ in f"{WORD}.":
        visitor.page.keyboard.press("Shift+ArrowLeft")
    visitor.page.keyboard.press("Delete")  # at once: letters that go slowly come back one by one
    expect(visitor.text).not_to_contain_text(WORD)
    visitor.page.keyboard.press("Control+z")
    expect(visitor.text).to_contain_text(WORD)


def notice(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("group", name="Wörter, die doppelt dastehen")


def words(visitor: Visitor) -> Locator:
    return notice(visitor).get_by_role("status")


def anna_is_told(anna: Visitor, other: str) -> None:
    expect(words(anna)).to_contain_text(f"Doppelt im Text: „{WORD}")
    expect(words(anna)).to_contain_text(f"Sie und {other} haben diese Stelle beide")
    anna.ensure_accessible()


def anna_looks_at_it_and_removes_a_copy(anna: Visitor, original: str) -> None:
    notice(anna).get_by_role("button", name="Im Text zeigen").press("Enter")
    expect(anna.text).to_be_focused()
    assert anna.page.evaluate("getSelection().toString()").count(WORD) == 2
    notice(anna).get_by_role("button", name="Eine der beiden entfernen").press("Enter")
    expect(words(anna)).to_be_empty()
    expect(anna.text).to_be_focused()
    anna.ensure_written(original)


def anna_undoes_that_and_proposes_it_instead(anna: Visitor) -> None:
    anna.page.keyboard.press("Control+z")
    expect(words(anna)).to_contain_text("Sie haben diese Stelle zweimal")
    anna.page.get_by_role("button", name="Vorschlagen", exact=True).click()
    notice(anna).get_by_role("button", name="Eine der beiden entfernen").click()
    expect(anna.text.locator("del")).to_contain_text(WORD)
    expect(words(anna)).to_be_empty()
