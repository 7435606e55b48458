"""Ben may only suggest: the page keeps to it, and says so."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select, update

from server.domain.people.roles import Role
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import PersonRow
from tests.story.people import EMAILS, Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"
NOTICE = ".ke-editor__notice"


def test_ben_suggests_and_nothing_else(browser: Browser, service: Service) -> None:
    ben_may_only_suggest(service)
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    anna.open_editor()
    ben.open()
    expect(ben.page.get_by_text("Sie können Änderungen vorschlagen")).to_be_visible()
    ben.open_editor()
    original = ben.written
    the_mode_is_on_for_good(ben)
    ben_writes_and_strikes(ben)
    expect(anna.text.locator("ins")).to_have_text([" Bald."])
    a_format_is_proposed_as_well(ben, anna)
    others_decide(ben, anna)
    ben_takes_his_own_back(ben)
    expect(anna.text.locator("ins, del")).to_have_count(0)
    for visitor in (ben, anna):
        visitor.ensure_written(original)
    ben.ensure_accessible()


def ben_may_only_suggest(service: Service) -> None:
    ben = select(PersonRow.id).where(PersonRow.email == EMAILS["ben"]).scalar_subquery()
    his = update(ParticipantRow).where(ParticipantRow.person_id == ben)
    assert service.change(his.values(role=Role.SUGGESTER.value))


HEADING = re.compile("Präambel$")
"""Ben's caret stands before it, or at its start with his office's name."""


def mode(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("button", name=name, exact=True)


def the_mode_is_on_for_good(ben: Visitor) -> None:
    expect(ben.page.locator(NOTICE)).to_contain_text("Sie können hier Änderungen vorschlagen.")
    expect(mode(ben, "Bearbeiten")).to_have_attribute("aria-disabled", "true")
    ben.write_after(PASSAGE, "")
    ben.page.keyboard.press("Control+Shift+e")
    mode(ben, "Bearbeiten").dispatch_event("click")
    expect(mode(ben, "Vorschlagen")).to_have_attribute("aria-pressed", "true")


def ben_writes_and_strikes(ben: Visitor) -> None:
    ben.write_after(PASSAGE, " Bald.")
    expect(ben.text.locator("ins")).to_have_text([" Bald."])
    ben.write_after("Weitere Städte und Gemeinden", "")
    for _ in range(3):
        ben.page.keyboard.press("Backspace")
    expect(ben.text.locator("del")).to_have_count(1)
    all_is_saved(ben)


def all_is_saved(visitor: Visitor) -> None:
    expect(visitor.page.locator("[data-saved=true][data-connection=online]")).to_be_visible()


def a_format_is_proposed_as_well(ben: Visitor, anna: Visitor) -> None:
    """Nothing of others' text is bold before they say so."""
    bold = anna.text.locator("strong").count()
    ben.write_after("Präambel", "")
    ben.page.keyboard.press("Shift+Home")
    ben.page.keyboard.press("Control+b")
    expect(ben.text.locator("[data-format]")).to_have_text(["Präambel"])
    expect(anna.text.locator("[data-format]")).to_have_text([HEADING])
    all_is_saved(ben)
    assert (ben.text.locator("strong").count(), anna.text.locator("strong").count()) == (bold, bold)
    ben.page.keyboard.press("Control+b")
    expect(anna.text.locator("[data-format]")).to_have_count(0)


def items(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("complementary", name="Offene Punkte").get_by_role("listitem")


def others_decide(ben: Visitor, anna: Visitor) -> None:
    """About Anna's suggestion Ben has no say."""
    anna.write_after("Präambel", "")
    anna.page.keyboard.press("Control+Shift+e")
    anna.page.keyboard.type(" neu", delay=15)
    expect(items(ben)).to_have_count(3)
    theirs = items(ben).filter(has_text="Anna")
    expect(theirs.get_by_role("button")).to_have_text(["Offenburg", "Antworten"])
    expect(ben.page.get_by_role("button", name="Annehmen")).to_have_count(0)
    items(anna).filter(has=anna.page.locator("ins", has_text="neu")).get_by_role(
        "button", name="Ablehnen"
    ).click()
    expect(items(ben)).to_have_count(2)


def ben_takes_his_own_back(ben: Visitor) -> None:
    for left in (1, 0):
        items(ben).first.get_by_role("button", name="Ablehnen").click()
        expect(items(ben)).to_have_count(left)
    all_is_saved(ben)
