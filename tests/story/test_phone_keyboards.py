"""What keyboards of phones do to words that stand there already: compose them again, replace them at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.story.people import Visitor
from tests.story.service import Service
from tests.story.test_typing_and_composing import Hands, right

SELECT = """([word, count]) => {
  const editor = document.querySelector("#editor .ProseMirror")
  const texts = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT)
  let found
  for (let node; node = texts.nextNode(); ) if (node.data.includes(word)) found = node
  const at = found.data.indexOf(word)
  getSelection().setBaseAndExtent(found, at, found, at + count)
}"""
BEFORE = """word => {
  const editor = document.querySelector("#editor .ProseMirror")
  return editor.innerText.lastIndexOf(word)
}"""


class Phone(Hands):
    def alone(self, line: str, mode: str) -> Phone:
        """One paragraph, which is the whole text; the caret is at its end."""
        self.switch("Bearbeiten")
        self.key("Control+a", "Delete", "Control+Alt+0").type(line)
        self.switch(mode)
        return self

    def compose_again(self, word: str, *steps: str) -> Phone:
        """As after a tap on a word: the keyboard takes it back into a composition and changes it there.
        What is replaced is named by its place in the text, whatever is selected."""
        begin = int(self.page.evaluate(BEFORE, word))
        end = begin + len(word)
        for step in steps:
            self.input.send(
                "Input.imeSetComposition",
                {
                    "text": step,
                    "selectionStart": len(step),
                    "selectionEnd": len(step),
                    "replacementStart": begin,
                    "replacementEnd": end,
                },
            )
            end = begin + len(step)
        self.input.send("Input.insertText", {"text": steps[-1]})
        return self

    def replace(self, word: str, other: str) -> Phone:
        """As correction and suggestion strips do: the word is replaced without being composed."""
        self.page.evaluate(SELECT, [word, len(word)])
        self.input.send("Input.insertText", {"text": other})
        return self


@pytest.fixture
def phone(browser: Browser, service: Service) -> Phone:
    anna = Visitor(browser, service, "anna").sign_in()
    anna.open_editor()
    return Phone(anna)


def test_a_word_is_composed_again_where_it_stands(phone: Phone) -> None:
    phone.alone("das alte Netz", "Bearbeiten").compose_again("alte", "al", "neu", "neue")
    phone.ends_with("das neue Netz")
    phone.alone("das alte Netz", "Vorschlagen").compose_again("alte", "alten", "altes")
    phone.ends_with("das alte{+s+} Netz")


def test_a_word_is_replaced_at_once(phone: Phone) -> None:
    phone.alone("ein Wrot hier", "Bearbeiten").replace("Wrot", "Wort")
    phone.ends_with("ein Wort hier")
    phone.alone("ein Wrot hier", "Vorschlagen").replace("Wrot", "Wort")
    phone.ends_with("ein W{+or+}{-ro-}t hier")  # what they have in common stays


def test_nothing_of_that_decides_about_a_proposal(phone: Phone) -> None:
    phone.alone("vor nach", "Vorschlagen").key("Home", *right(4)).type("neues ")
    phone.ends_with("vor {+neues +}nach")
    phone.switch("Bearbeiten")
    phone.compose_again("nach", "nac", "nachher")
    phone.ends_with("vor {+neues +}nachher")
    phone.replace("vor", "davor")
    phone.ends_with("davor {+neues +}nachher")
    assert phone.visitor.complaints == []
