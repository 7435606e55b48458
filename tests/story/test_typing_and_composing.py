"""Real keys and real composition in the served page, while others have proposals open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, CDPSession, Error, expect

from tests.story.people import Visitor
from tests.story.service import Service

READ = """() => [...document.querySelectorAll("#editor .ProseMirror > *")].map(block => {
  const read = node => node.nodeType === 3 ? node.data
    : node.localName === "ins" ? `{+${[...node.childNodes].map(read).join("")}+}`
    : node.localName === "del" ? `{-${[...node.childNodes].map(read).join("")}-}`
    : node.localName === "br" ? "" : [...node.childNodes].map(read).join("");
  return read(block).replaceAll("+}{+", "").replaceAll("-}{-", "");
})"""

ENDS_WITH = f"lines => JSON.stringify(({READ})().slice(-lines.length)) === JSON.stringify(lines)"


class Hands:
    """Somebody at a keyboard, or at a phone whose keyboard composes words."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.input: CDPSession = visitor.context.new_cdp_session(visitor.page)

    def key(self, *names: str) -> Hands:
        for name in names:
            self.page.keyboard.press(name)
        return self

    def type(self, words: str) -> Hands:
        self.page.keyboard.type(words)
        return self

    def compose(self, *steps: str) -> Hands:
        """The last step is the word."""
        for step in steps:
            caret = {"selectionStart": len(step), "selectionEnd": len(step)}
            self.input.send("Input.imeSetComposition", {"text": step, **caret})
        self.input.send("Input.insertText", {"text": steps[-1]})
        return self

    def fresh(self, *lines: str, mode: str) -> Hands:
        """New paragraphs at the end, written plainly; the caret is at the first one's start."""
        self.switch("Bearbeiten")
        self.visitor.text.locator("> *").last.click()
        self.key("Control+End", "Enter", "Control+Alt+0")
        for k, line in enumerate(lines):
            if k:
                self.key("Enter")
            self.type(line)
        self.key(*["ArrowUp"] * (len(lines) - 1), "Home")
        self.switch(mode)
        return self

    def switch(self, mode: str) -> None:
        button = self.page.get_by_role("button", name=mode, exact=True)
        button.evaluate("button => button.click()")
        expect(button).to_have_attribute("aria-pressed", "true")
        self.visitor.text.evaluate("text => text.focus()")

    def ends_with(self, *lines: str) -> None:
        """The last blocks, once what was composed has been taken over, and still when all is saved."""
        for _ in range(2):
            try:
                self.page.wait_for_function(ENDS_WITH, arg=lines)
            except Error:
                assert self.page.evaluate(READ)[-len(lines) :] == list(lines)
            expect(self.page.locator("[data-saved=true][data-connection=online]")).to_be_visible()


@pytest.fixture
def hands(browser: Browser, service: Service) -> Hands:
    anna = Visitor(browser, service, "anna").sign_in()
    anna.open_editor()
    return Hands(anna)


def right(count: int) -> list[str]:
    return ["ArrowRight"] * count


def test_composing_and_keys_while_suggesting(hands: Hands) -> None:
    hands.fresh("vorher nachher", mode="Vorschlagen").key(*right(7)).compose("s", "sc", "schö", "schön")
    hands.ends_with("vorher {+schön+}nachher")
    hands.type(" x")
    hands.ends_with("vorher {+schön x+}nachher")

    hands.fresh("das alte Netz", mode="Vorschlagen").key(*right(4), *["Shift+ArrowRight"] * 4)
    hands.compose("n", "ne", "neue")
    hands.ends_with("das {+neue+}{-alte-} Netz")

    hands.fresh("ein Wrot hier", mode="Vorschlagen").key(*right(8), *["Shift+ArrowLeft"] * 4)
    hands.compose("Wrot", "Wor", "Wort")
    hands.ends_with("ein W{+ort+}{-rot-} hier")

    hands.fresh("Eins", "Drei", mode="Vorschlagen").key("End", "Enter").type("neu")
    hands.ends_with("Eins", "{+neu+}", "Drei")

    hands.fresh("1. Erstens", "Zweitens", mode="Vorschlagen").key("ArrowDown", "Home", "Backspace")
    expect(hands.visitor.text.locator("[data-suggested~=kind]")).to_have_count(1)
    hands.key("Home", "Backspace")
    joined = hands.visitor.text.locator("[data-suggested~=del]")
    expect(joined).to_have_count(1)
    assert hands.visitor.complaints == []


def test_writing_inside_somebodys_proposal(hands: Hands) -> None:
    hands.fresh("vor nach", mode="Vorschlagen").key(*right(4)).type("abcd")
    hands.ends_with("vor {+abcd+}nach")
    hands.switch("Bearbeiten")
    hands.key("ArrowLeft", "ArrowLeft").compose("x", "xy", "xyz")
    hands.ends_with("vor {+ab+}xyz{+cd+}nach")
    hands.key("ArrowRight").type("1")
    hands.ends_with("vor {+ab+}xyz{+c+}1{+d+}nach")
    hands.key("Control+z")
    hands.ends_with("vor {+ab+}xyz{+cd+}nach")


def test_signs_that_make_a_clause_can_be_taken_back(hands: Hands) -> None:
    hands.fresh("", mode="Bearbeiten").type("1. ").key("Backspace").type("Januar 2027")
    hands.ends_with("1.\u00a0Januar 2027")
    hands.key("Enter").type("1. ").key("Control+z").type("Mai")
    hands.ends_with("1.\u00a0Mai")


def test_a_click_and_at_once_a_key_work_at_the_new_place(hands: Hands) -> None:
    """Twenty times, in the page of a busy machine."""
    hands.fresh("oben", "unten", mode="Bearbeiten")
    upper = hands.visitor.text.locator("> *", has_text="oben").last
    lower = hands.visitor.text.locator("> *", has_text="unten").last
    for k in range(20):
        lower.click()
        upper.click()
        hands.key("End").type(str(k % 10))
    hands.ends_with("oben" + "0123456789" * 2, "unten")
