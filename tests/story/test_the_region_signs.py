"""The coordination watches the region sign, and the hall with it: nobody presses anything."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.story.people import TIMEOUT, Visitor
from tests.story.service import Service
from tests.story.shortcuts import Shortcuts

OFFENBURG, LAHR = "08317096", "08317065"


def open_hall(browser: Browser, clara: Visitor) -> Page:
    """The link that the coordination makes, on a machine on which nobody is signed in."""
    clara.press("Link anlegen")
    link = clara.page.locator("a[href*='/wall/']").first
    address = str(link.get_attribute("href"))
    hall = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="de-DE").new_page()
    hall.set_default_timeout(TIMEOUT)
    hall.goto(address)
    return hall


def test_an_answer_is_seen_at_the_board_and_in_the_hall_without_a_press(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    with Shortcuts(service) as shortcuts:
        shortcuts.freeze()
        clara = shortcuts.visitor(browser, "clara")
        clara.open("/board")
        hall = open_hall(browser, clara)
        page = clara.open("/board")
        expect(page.locator("h1")).to_have_text("0 von 51 Kommunen zeichnen.")
        expect(hall.locator("#wall-counted")).to_have_text("0")
        clara.ensure_accessible()

        shortcuts.sign("doris")
        expect(page.locator("h1")).to_have_text("Eine von 51 Kommunen zeichnet.")
        expect(page.locator("#board-news")).to_have_text(
            "Offenburg: zeichnet · Eine von 51 Kommunen zeichnet."
        )
        expect(page.locator(f"#r-{OFFENBURG}")).to_contain_text("zeichnet")
        expect(page.locator(f"#t-{OFFENBURG}")).to_have_class(re.compile("is-signs"))
        expect(page.locator(".k-meter path.is-signs")).to_be_attached()
        expect(hall.locator("#wall-counted")).to_have_text("1")
        expect(hall.locator("#wall-name")).to_have_text("Offenburg")
        expect(hall.locator(f"#w-{OFFENBURG}")).to_have_class(re.compile("is-signs.*is-latest"))
        clara.ensure_accessible()
        hall.screenshot(path=tmp_path / "hall.png")

        service.kill()
        expect(hall.locator("html")).to_have_class("is-cut")
        expect(hall.locator("#wall-time")).to_contain_text("Verbindung unterbrochen. Stand ")
        expect(hall.locator("#wall-name")).to_have_text("Offenburg")
        service.start()
        expect(hall.locator("html")).not_to_have_class("is-cut")
        shortcuts.sign("gustav")
        expect(hall.locator("#wall-counted")).to_have_text("2")
        expect(hall.locator("#wall-name")).to_have_text("Lahr/Schwarzwald")
        expect(page.locator("h1")).to_have_text("2 von 51 Kommunen zeichnen.")

        clara.open("/board")
        page.get_by_role("button", name="Zurücknehmen").click()
        expect(hall.locator("#wall-time")).to_contain_text("Dieser Link gilt nicht mehr.")


def test_every_place_of_the_map_is_hit_with_a_finger_and_leads_to_its_row(
    browser: Browser, service: Service
) -> None:
    with Shortcuts(service) as shortcuts:
        shortcuts.freeze()
        clara = shortcuts.visitor(browser, "clara", phone=True)
        page = clara.open("/board")
        sizes = page.locator(".k-tiles__square").evaluate_all(
            "tiles => tiles.map(tile => tile.getBoundingClientRect().width)"
        )
        assert len(sizes) == 51
        assert min(sizes) >= 44
        clara.ensure_accessible()
        page.locator(f"#t-{LAHR}").tap()
        expect(page.locator(f"#r-{LAHR}")).to_be_in_viewport()
        expect(page.get_by_role("link", name="Lahr/Schwarzwald: offen")).to_be_attached()
