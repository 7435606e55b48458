"""Every page, in each phase, for who may see it, in German and English, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from server.domain.terms.local_time import day_of
from tests.story.editor_states import editor_states
from tests.story.people import TOO_WIDE, Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
pytestmark = pytest.mark.timeout(1800)  # three minutes alone, more beside others
HOME = f"/declarations/{SLUG}"
HELP = ["/privacy", "/imprint", "/accessibility", "/help", "/help/mayor", "/help/rights", "/help/shortcuts"]
PUBLIC = {
    "out": ["/", "/login", "/login/sent", "/login/unknown", "/verify", "/v/ABCD-EFGH", "/nowhere", *HELP]
}
DRAFTING = {
    "clara": [
        "/",
        "/account",
        HOME,
        f"{HOME}/freeze",
        f"{HOME}/log",
        f"{HOME}/reopen",
        f"{HOME}/edit",
        f"{HOME}/unknown-content",
        f"{HOME}/decisions",
        f"{HOME}/text/files",
        *(f"{HOME}/{page}" for page in ("versions", "authorship", "decisions", "branches", "sections")),
    ],
    "anna": [HOME],
    "doris": ["/", HOME, f"{HOME}/sign", f"{HOME}/edit"],
    "emil": [HOME],
    "frank": ["/", HOME],
}
SETTINGS = {
    "clara": [
        "/declarations",
        f"{HOME}/settings",
        *(
            f"{HOME}/settings/{section}"
            for section in ("title", "deadline", "municipalities", "quorum", "ways")
        ),
        f"{HOME}/withdraw",
        "/declarations/new",
        "/register",
        "/account/data",
        "/account/erase",
        "/account/notices",
        "/account/confirm",
        "/privacy/edit",
        "/mails",
        f"{HOME}/people",
        f"{HOME}/people/import",
        f"{HOME}/people/invite",
        f"{HOME}/people/send",
        f"{HOME}/municipalities/08317096",
        f"{HOME}/municipalities/08317096/mandates",
        f"{HOME}/municipalities/08317096/invite",
        f"{HOME}/settings/offices",
        f"{HOME}/mails",
    ],
}
SIGNING = {
    "clara": [
        "/",
        HOME,
        f"{HOME}/reopen",
        f"{HOME}/seal",
        f"{HOME}/revisions/1",
        f"{HOME}/edit",
        f"{HOME}/reminders",
        f"{HOME}/paper",
        f"{HOME}/board",
    ],
    "anna": [HOME],
    "doris": ["/", HOME, f"{HOME}/sign"],
    "emil": [HOME],
}
SIGNING_AGAIN = {
    "clara": [f"{HOME}/seal", f"{HOME}/log"],
    "anna": [f"{HOME}/revisions/2", f"{HOME}/compare?new=r2", f"{HOME}/revisions/1"],
    "doris": [HOME, f"{HOME}/sign"],
    "gustav": [f"{HOME}/sign"],
}
SEALED = {
    "clara": ["/", HOME, f"{HOME}/log"],
    "doris": [HOME, f"{HOME}/sign"],
    "emil": ["/", HOME, f"{HOME}/revisions/2", f"{HOME}/press"],
}
PUBLISHED = {
    "out": [
        f"/e/{SLUG}",
        f"/e/{SLUG}/beitreten",
        f"/e/{SLUG}/fr",
        f"/e/{SLUG}/umsetzung/{day_of(datetime.now(UTC)).year}",
    ],
    "clara": [f"{HOME}/{page}" for page in ("release", "accessions", "addenda", "reports", "webhooks")],
    "anna": [f"{HOME}/reports"],
}


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


class Inspector:
    """Everybody has a browser; each page is opened once in each language."""

    def __init__(self, browser: Browser, shortcuts: Shortcuts) -> None:
        self._browser, self._shortcuts = browser, shortcuts
        self._visitors: dict[str, Visitor] = {}
        self.findings: list[str] = []

    def look(self, pages: dict[str, list[str]]) -> None:
        for name, paths in pages.items():
            for path in paths:
                self._look(self._visitor(name), path, "de", DESK)
                self._look(self._visitor(name), path, "en", PHONE)

    def look_at_editor(self, name: str) -> None:
        """In all its states, on a desk and on a phone; dark only as far as colours go."""
        visitor = self._visitor(name)
        for size, passage in ((DESK, "Fläche voran"), (PHONE, "barrierefrei")):
            visitor.page.set_viewport_size(size)
            for state in editor_states(visitor, passage):
                self._ensure(visitor, f"editor, {state}, {size['width']}")
                visitor.page.emulate_media(color_scheme="dark")
                self._ensure(visitor, f"editor, {state}, {size['width']}, dark", "color-contrast")
                visitor.page.emulate_media(color_scheme="light")

    def _ensure(self, visitor: Visitor, where: str, *rules: str) -> None:
        try:
            visitor.ensure_accessible(*rules)
        except AssertionError as error:
            self.findings.append(f"{visitor.name} {where}: {error}")

    def _visitor(self, name: str) -> Visitor:
        if name not in self._visitors:
            self._visitors[name] = self._shortcuts.visitor(self._browser, name)
        return self._visitors[name]

    def _look(self, visitor: Visitor, path: str, language: str, size: ViewportSize) -> None:
        """axe-core sees German on a desk and English on a phone; the width is measured everywhere."""
        page = visitor.page
        asked = f"{path}{'&' if '?' in path else '?'}lang={language}"
        page.goto(f"{self._shortcuts.service.base}{asked}")
        if page.locator("#editor").count():
            expect(page.locator("html[data-editor=ready]")).to_be_attached()
        assert page.locator("html").get_attribute("lang") == language
        for other in (PHONE, DESK):
            page.set_viewport_size(other)
            if wide := page.evaluate(TOO_WIDE):
                self.findings.append(f"{visitor.name} {path} {language} {other['width']}: too wide {wide}")
        if page.locator("main h2:has(+ .k-links:not(:has(*)))").count():
            self.findings.append(f"{visitor.name} {path} {language}: a heading over nothing")
        page.set_viewport_size(size)
        self._ensure(visitor, f"{path} {language} {size['width']}")


def test_no_page_keeps_anybody_out(browser: Browser, shortcuts: Shortcuts) -> None:
    inspector = Inspector(browser, shortcuts)
    shortcuts.invite_frank()
    inspector.look(PUBLIC)
    inspector.look(DRAFTING)
    shortcuts.allow_creating("clara")
    inspector.look(SETTINGS)
    shortcuts.freeze()
    inspector.look(SIGNING)
    shortcuts.sign("doris")
    inspector.look({"doris": [f"{HOME}/sign", "/"], "gustav": [HOME + shortcuts.send_code("gustav")]})
    shortcuts.reopen()
    inspector.look({"clara": [HOME], "doris": [HOME]})
    shortcuts.write_words("Neu: ")
    shortcuts.freeze()
    inspector.look(SIGNING_AGAIN)
    shortcuts.sign("doris")
    shortcuts.seal()
    inspector.look(SEALED)
    shortcuts.publish_at(shortcuts.services.now())
    shortcuts.translate()
    shortcuts.report()
    inspector.look(PUBLISHED)
    inspector.look({"out": [f"/beitritt/{shortcuts.ask_to_join()}"], "clara": [f"{HOME}/accessions"]})
    assert inspector.findings == []


def test_no_state_of_the_editor_keeps_anybody_out(browser: Browser, shortcuts: Shortcuts) -> None:
    inspector = Inspector(browser, shortcuts)
    inspector.look_at_editor("clara")
    assert inspector.findings == []
