"""From the link in the mail to „gezeichnet“ on a phone: few screens, few taps, each of them counted."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy

from playwright.sync_api import Browser, Locator, Page, expect

from server.domain.text.what_changed import Nature, WhatChanged
from tests.story.people import Visitor
from tests.story.service import Service
from tests.story.shortcuts import Shortcuts
from tests.waiting import HANG

SIGN = "Mit Fingerabdruck, Gesicht oder PIN zeichnen"
REASON = "Der Rat der Region hat einen Satz vorangestellt."


class Counted:
    """A phone on which taps and screens are counted. The tap on the mail's link is the first."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.taps = self.screens = 0
        self.page.on("load", lambda _: self._count_screen())

    def _count_screen(self) -> None:
        self.screens += 1

    def open_mail(self, link: str) -> None:
        self.taps, self.screens = 1, 0
        self.page.goto(link)

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.tap()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link_for(service: Service, email: str, revision: int) -> str:
    """In the request to sign that revision, as soon as it is there."""
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        for path in sorted((service.data / "mail").glob(f"*-{email}.eml")):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = mail.get_body(("plain",))
            found = re.search(r"http\S+/login/\S+", body.get_content() if body else "")
            if f"Fassung {revision}" in str(mail["Subject"]) and found:
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no mail about revision {revision}")


def test_a_mayor_signs_from_the_mail_and_signs_again(browser: Browser, service: Service) -> None:
    with Shortcuts(service) as shortcuts:
        doris = Visitor(browser, service, "doris", phone=True)
        doris.add_authenticator()
        phone = Counted(doris)
        shortcuts.freeze()
        shortcuts.deliver()
        first = link_for(service, "doris@rathaus.example", 1)
        signs_with_a_passkey_set_up_on_that_visit(phone, first)
        the_link_leads_straight_on_while_signed_in(phone, first)
        nobody_else_enters_with_it(browser, service, first)
        shortcuts.reopen()
        shortcuts.write_words("Vorangestellt. ")
        shortcuts.freeze(WhatChanged(Nature.EDITORIAL, REASON))
        shortcuts.deliver()
        signs_again_by_one_tap(phone, link_for(service, "doris@rathaus.example", 2))


def signs_with_a_passkey_set_up_on_that_visit(phone: Counted, link: str) -> None:
    page = phone.page
    phone.open_mail(link)
    phone.visitor.ensure_accessible()
    phone.tap(button(page, "Weiter zum Text"))
    expect(page.locator("#chain")).to_contain_text("Ihr Browser hat verglichen")
    phone.visitor.ensure_accessible()
    phone.tap(page.locator("label[for=answer-signs]"))
    phone.tap(button(page, SIGN))
    expect(page.get_by_role("heading", name="Sie haben für Offenburg gezeichnet.")).to_be_visible()
    assert phone.screens <= 3
    assert phone.taps <= 5
    phone.visitor.ensure_accessible()


def the_link_leads_straight_on_while_signed_in(phone: Counted, link: str) -> None:
    phone.open_mail(link)
    expect(phone.page.get_by_role("heading", name="Sie haben für Offenburg gezeichnet.")).to_be_visible()


def nobody_else_enters_with_it(browser: Browser, service: Service, link: str) -> None:
    stranger = Visitor(browser, service, "out")
    stranger.page.goto(link)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Dieser Anmeldelink gilt nicht mehr")
    new = stranger.page.get_by_role("link", name="Neuen Link anfordern")
    assert "next=" in str(new.get_attribute("href"))
    stranger.context.close()


def signs_again_by_one_tap(phone: Counted, link: str) -> None:
    page = phone.page
    phone.open_mail(link)
    changes = page.get_by_role("region", name="Geändert seit Ihrer letzten Antwort")
    expect(changes.locator("ins", has_text="Vorangestellt")).to_be_visible()
    expect(changes).to_contain_text(REASON)
    expect(changes).to_contain_text("redaktionell")
    expect(page.locator("input[name=answer]:checked")).to_have_count(0)
    phone.visitor.ensure_accessible()
    phone.tap(button(page, "Wieder zeichnen"))
    expect(page.get_by_role("heading", name="Sie haben für Offenburg gezeichnet.")).to_be_visible()
    expect(page.get_by_text("Fassung 2").first).to_be_visible()
    assert phone.screens <= 2
    assert phone.taps <= 2
    assert phone.visitor.complaints == []
