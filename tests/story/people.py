"""Somebody at a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize, expect

from tests.story.service import ROOT, SLUG, Service

AXE = ROOT / "client" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
AXE_OPTIONS: Final = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
"""Without reading all style sheets beforehand: only a rule that is off by default would use them."""
BY_CODE = "Mit Code per E-Mail zeichnen"
BY_PASSKEY = "Mit Fingerabdruck, Gesicht oder PIN zeichnen"
"""The two buttons of the page for signing."""
EMAILS = {
    "anna": "anna@offenburg.example",
    "ben": "ben@lahr.example",
    "clara": "clara@region.example",
    "doris": "doris@rathaus.example",
    "gustav": "gustav@rathaus.example",
    "emil": "emil@presse.example",
    "karl": "karl@emmendingen.example",
}
LABEL = "Text der Erklärung"
TIMEOUT = 120_000.0
"""Milliseconds for whatever is to appear, also on a busy machine."""


SELECTION_TOLD = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
"""The browser has drawn once more, and told the page of its new selection."""
STANDS_STILL = """() => Promise.allSettled(document.getAnimations().map(one => one.finished))"""
"""Colours change slowly, and axe measures them; what is called off has ended as well."""
TOO_WIDE = """async () => {
  const fits = () => document.documentElement.scrollWidth <= innerWidth
  const frame = () => new Promise(requestAnimationFrame)
  for (let k = 0; k < 3 && !fits(); k++) await frame()
  if (fits()) return []
  const right = (one) => Math.round(one.getBoundingClientRect().right)
  const wide = [...document.querySelectorAll("*")].filter((one) => right(one) > innerWidth)
  return wide.map((one) => `${right(one)}: ${one.parentElement?.className} ${one.outerHTML.slice(0, 120)}`)
}"""
"""What makes the page wider than the screen, once it has been drawn in its size."""
SELECT = """(text, words) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
    const places = []
    let all = ""
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.data.length; at++) places.push([node, at])
        all += node.data
    }
    const at = all.indexOf(words)
    if (at < 0) throw new Error(`no ${words}`)
    const [first, begin] = places[at]
    const [last, end] = places[at + words.length - 1]
    text.focus()
    getSelection().setBaseAndExtent(first, begin, last, end + 1)
}"""
"""As somebody who drags over these words."""
WRITTEN = """() => [...document.querySelectorAll("#editor .ProseMirror > *")].map(block => {
  const bare = block.cloneNode(true)
  for (const caret of bare.querySelectorAll(".ke-caret")) caret.remove()
  return bare.textContent
}).join("\\n")"""
"""The text. Carets of others come and go by themselves, with names."""
WORDS_BEHIND = """line => {
  const range = document.createRange()
  range.setStartAfter(line)
  range.setEndAfter(line.closest("p, h2, h3, h4, [data-kind]"))
  const words = range.cloneContents()
  for (const caret of words.querySelectorAll(".ke-caret")) caret.remove()
  return words.textContent.replace(/\\u2060/g, "").slice(0, 25)
}"""
"""What stands behind a line number."""


class Visitor:
    """One person with a browser of their own, signed in. Errors in the console are kept and looked at."""

    def __init__(self, browser: Browser, service: Service, name: str, *, phone: bool = False) -> None:
        self.service, self.name, self.home = service, name, f"{service.base}/declarations/{SLUG}"
        size = PHONE if phone else DESK
        self.context: BrowserContext = browser.new_context(
            viewport=size, locale="de-DE", is_mobile=phone, has_touch=phone, accept_downloads=True
        )
        self.context.set_default_timeout(TIMEOUT)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    @property
    def main(self) -> Locator:
        """What the page says, without its bar and its foot."""
        return self.page.locator("main")

    def sign_in(self) -> Visitor:
        self.page.goto(self.service.login_link(EMAILS[self.name]))
        self.press("Auf diesem Gerät anmelden")
        return self

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def sign(self, way: str) -> None:
        """Chooses the first answer, which is never chosen beforehand, and presses the button of that name."""
        self.page.get_by_text("Ich zeichne", exact=True).click()
        self.press(way)

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.home}{path}")
        return self.page

    def open_editor(self) -> Page:
        page = self.open("/edit")
        expect(page.locator("html[data-editor=ready]")).to_be_attached()
        return page

    @property
    def text(self) -> Any:
        """The place where one writes."""
        return self.page.locator("#editor .ProseMirror")

    @property
    def written(self) -> str:
        """What the text says, block by block."""
        return str(self.page.evaluate(WRITTEN))

    def ensure_written(self, words: str) -> None:
        """In the end."""
        try:
            self.page.wait_for_function(f"words => ({WRITTEN})() === words", arg=words)
        except Error:
            assert self.written == words

    def write_after(self, words: str, typed: str) -> None:
        """Puts the caret at the end of the block with these words, wherever its lines break, and types."""
        block = self.text.locator("[data-kind]").filter(has_text=words).first
        block.click()
        block.evaluate("block => { getSelection().selectAllChildren(block); getSelection().collapseToEnd() }")
        self.page.keyboard.type(typed, delay=15)

    def go_offline(self) -> None:
        """The page knows it, too."""
        self.context.set_offline(True)
        expect(self.page.locator("[data-connection=offline]")).to_be_visible()

    def select(self, words: str) -> None:
        """In the editor, wherever they stand."""
        self.text.evaluate(SELECT, words)

    def add_authenticator(self) -> None:
        """A phone's own, which answers at once (WebAuthn level 2, section 11: virtual authenticators)."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "ctap2Version": "ctap2_1",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )

    def ensure_accessible(self, *rules: str) -> None:
        """No finding of axe-core (of these rules, or of all) on the page as it is now, and nothing wider than
        the screen. A page that is still coming is waited for."""
        self.page.wait_for_load_state()
        self.page.evaluate(STANDS_STILL)
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
        found = self.page.evaluate("options => axe.run(document, options)", AXE_OPTIONS | only)
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
        wide = self.page.evaluate(TOO_WIDE)
        assert wide == [], wide
        assert self.complaints == []

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path, full_page=True)
