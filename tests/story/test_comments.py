"""Anna comments on a passage, Ben answers in his own browser, Clara resolves; who comes late sees it all."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, expect

from tests.story.people import Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"


def cards(visitor: Visitor) -> Locator:
    return visitor.page.locator(".ke-card[data-kind=thread]")


def passages(visitor: Visitor) -> Locator:
    return visitor.text.locator(".ke-comment")


def comment(visitor: Visitor, words: str, body: str) -> None:
    visitor.select(words)
    visitor.page.keyboard.press("Control+Alt+m")
    visitor.page.keyboard.type(body)
    expect(visitor.page.get_by_role("button", name="Senden")).to_be_in_viewport(ratio=1)
    visitor.page.keyboard.press("Control+Enter")
    expect(cards(visitor).filter(has_text=body)).to_be_visible()


def test_a_comment_is_answered_and_resolved(browser: Browser, service: Service) -> None:
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    anna.open_editor()
    ben.open_editor()
    comment(anna, PASSAGE, "Wessen Maßstab?")
    expect(passages(anna)).to_have_text([PASSAGE])
    expect(passages(ben)).to_have_text([PASSAGE])

    passages(ben).click()
    theirs = cards(ben)
    expect(theirs).to_contain_text("Offenburg")
    expect(theirs).to_contain_text("Wessen Maßstab?")
    theirs.get_by_role("button", name="Antworten").click()
    ben.page.keyboard.type("Unser aller.")
    ben.page.keyboard.press("Control+Enter")
    expect(cards(anna)).to_contain_text("Unser aller.")
    ben.ensure_accessible()

    ben.page.reload()
    expect(cards(ben)).to_contain_text("Unser aller.")
    clara = Visitor(browser, service, "clara").sign_in()
    clara.open_editor()
    expect(cards(clara)).to_contain_text("Unser aller.")
    cards(clara).get_by_role("button", name="Erledigt").click()
    for visitor in (anna, ben, clara):
        expect(cards(visitor)).to_have_count(0)
        expect(passages(visitor)).to_have_count(0)
        visitor.ensure_accessible()
