"""Anna is signed out by time while she writes: the page says what to do, and her text is not lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect
from sqlalchemy import select, update

from server.storage.tables.people import PersonRow, SessionRow
from tests.story.people import EMAILS, Visitor
from tests.story.service import SLUG, Service

PASSAGE = "Maßstab unseres Handelns"
STATUS = ".ke-status__words"
NOTICE = ".ke-editor__notice"
LOST_RIGHT = "Sie sind nicht mehr angemeldet."


def test_what_was_written_before_the_session_ended_is_saved_after_signing_in_again(
    browser: Browser, service: Service
) -> None:
    ben = Visitor(browser, service, "ben").sign_in()
    ben.open_editor()
    anna = Visitor(browser, service, "anna").sign_in()
    anna.open_editor()
    anna_writes_in_a_tunnel(anna)
    her_sessions_end(service, timedelta())
    anna.context.set_offline(False)
    the_page_says_what_to_do(anna)
    anna.ensure_accessible()
    anna.page.get_by_role("link", name="Erneut anmelden").click()
    expect(anna.page).to_have_url(f"{service.base}/login?next=%2Fdeclarations%2F{SLUG}%2Fedit")
    anna.sign_in()
    anna.open_editor()
    expect(ben.text).to_contain_text("Kurz vor Schluss.")
    expect(anna.page.locator(STATUS)).to_have_text("Alles gespeichert")
    the_open_editor_closes_with_the_session(service, anna)


def anna_writes_in_a_tunnel(anna: Visitor) -> None:
    anna.write_after(PASSAGE, "")
    anna.go_offline()
    anna.page.keyboard.type(" Kurz vor Schluss.", delay=15)
    expect(anna.page.locator(STATUS)).to_contain_text("liegt auf diesem Gerät")


def her_sessions_end(service: Service, after: timedelta) -> None:
    """Like real ones on a whole second."""
    anna = select(PersonRow.id).where(PersonRow.email == EMAILS["anna"]).scalar_subquery()
    hers = update(SessionRow).where(SessionRow.person_id == anna)
    assert service.change(hers.values(expires_at=datetime.now(UTC).replace(microsecond=0) + after))


def the_page_says_what_to_do(anna: Visitor, words: str = "Kurz vor Schluss.") -> None:
    expect(anna.page.locator(NOTICE)).to_contain_text(LOST_RIGHT)
    expect(anna.page.locator(STATUS)).to_contain_text("sobald Sie sich hier erneut angemeldet")
    expect(anna.text).to_have_attribute("aria-readonly", "true")
    expect(anna.text).to_contain_text(words)


def the_open_editor_closes_with_the_session(service: Service, anna: Visitor) -> None:
    """Without a request of hers. Where a machine needs those seconds to connect, it is over by then."""
    anna.go_offline()
    her_sessions_end(service, timedelta(seconds=4))
    anna.context.set_offline(False)
    expect(anna.page.locator(NOTICE)).to_contain_text(LOST_RIGHT)
    expect(anna.text).to_have_attribute("aria-readonly", "true")
    expect(anna.page.locator(STATUS)).to_have_text("Nur lesen")
    assert anna.complaints == []


def test_somebody_else_who_signs_in_at_the_same_browser_does_not_write_in_an_open_page(
    browser: Browser, service: Service
) -> None:
    """Anna's page, left open, comes back to the network: her words must not become Ben's."""
    anna = Visitor(browser, service, "anna").sign_in()
    anna.open_editor()
    anna.go_offline()
    anna.write_after(PASSAGE, " Noch von Anna.")
    anna.context.set_offline(False)
    expect(anna.page.locator(STATUS)).to_have_text("Alles gespeichert")
    anna.go_offline()
    anna.page.keyboard.type(" Und das auch.", delay=15)
    expect(anna.page.locator(STATUS)).to_contain_text("liegt auf diesem Gerät")
    ben = Visitor(browser, service, "ben").sign_in()
    [cookie] = [each for each in ben.context.cookies() if each["name"] == "kraftakt_session"]
    anna.context.add_cookies([cookie])
    anna.context.set_offline(False)
    the_page_says_what_to_do(anna, "Und das auch.")
    ben.open_editor()
    expect(ben.text).to_contain_text("Noch von Anna.")
    expect(ben.text).not_to_contain_text("Und das auch.")
