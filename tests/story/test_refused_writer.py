"""Anna loses the right to write while she is offline: her words are kept as a file, the room stays open."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect
from sqlalchemy import select, update

from server.domain.people.roles import Role
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import PersonRow
from tests.story.people import EMAILS, Visitor
from tests.story.service import Service

PASSAGE = "Maßstab unseres Handelns"
REFUSED = ".ke-rescue:has-text('nicht angenommen')"


def test_what_was_refused_is_kept_and_loading_anew_leads_back_into_the_room(
    browser: Browser, service: Service
) -> None:
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    anna.open_editor()
    ben.open_editor()
    anna.write_after(PASSAGE, "")
    expect(anna.page.locator(".ke-status__words")).to_have_text("Alles gespeichert")
    anna.go_offline()
    anna.page.keyboard.type(" Im Tunnel.", delay=15)
    expect(anna.page.locator("[data-saved=false]")).to_be_visible()
    anna_may_only_suggest(service)
    anna.context.set_offline(False)
    expect(anna.page.locator(".ke-rescue[data-kept]")).to_be_visible()
    anna.open_editor()
    notice = anna.page.locator(REFUSED)
    expect(notice).to_be_visible()
    with anna.page.expect_download() as download:
        notice.get_by_role("button", name="Text als Datei sichern").click()
    assert "Im Tunnel." in Path(download.value.path()).read_text(encoding="utf-8")
    expect(anna.text).not_to_contain_text("Im Tunnel.")
    ben.write_after(PASSAGE, " Ben auch.")
    expect(anna.text).to_contain_text("Ben auch.")
    expect(ben.text).not_to_contain_text("Im Tunnel.")
    anna.open_editor()
    expect(anna.text).to_contain_text("Ben auch.")


def anna_may_only_suggest(service: Service) -> None:
    anna = select(PersonRow.id).where(PersonRow.email == EMAILS["anna"]).scalar_subquery()
    hers = update(ParticipantRow).where(ParticipantRow.person_id == anna)
    assert service.change(hers.values(role=Role.SUGGESTER.value))
