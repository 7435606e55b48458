"""Where a comment's passage goes while its words are split, joined, moved, struck and brought back.

One page for Anna, one for Ben who sees what she does; each scenario has a paragraph of its own at the end
of the text, so that all run in one visit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from tests.story.people import Visitor
from tests.story.service import Service
from tests.story.test_comments import cards, comment

WHERE = """key => [...document.querySelectorAll("#editor .ProseMirror > *")].map(block => {
  const bare = block.cloneNode(true);
  for (const caret of bare.querySelectorAll(".ke-caret")) caret.remove();
  const parts = bare.querySelectorAll(`.ke-comment[data-thread="${key}"]`);
  return [...parts].map(part => part.textContent).join("").trim();
}).filter(words => words)"""
"""The words of a thread's passage, block by block; carets of others may stand in it."""
IS_THERE = f"([key, words]) => JSON.stringify(({WHERE})(key)) === JSON.stringify(words)"


@dataclass
class Desk:
    """Anna at her paragraph; `n` makes its words unique."""

    anna: Visitor
    ben: Visitor
    n: int

    @property
    def page(self) -> Page:
        return self.anna.page

    def word(self, name: str) -> str:
        return f"{name}{self.n}"

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def select(self, *names: str) -> None:
        self.anna.select(" ".join(self.word(name) for name in names))

    def before(self, name: str) -> None:
        self.select(name)
        self.keys("ArrowLeft")

    def after(self, name: str) -> None:
        self.select(name)
        self.keys("ArrowRight")

    def mode(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def decide(self, name: str) -> None:
        """About the one suggestion that is open."""
        card = self.page.locator(".ke-card[data-kind=suggestion]")
        expect(card).to_have_count(1)
        card.get_by_role("button", name=name).click()
        expect(card).to_have_count(0)


Steps = Callable[[Desk], object]


def split_within(desk: Desk) -> None:
    desk.after("beta")
    desk.keys("Enter")


def split_before(desk: Desk) -> None:
    desk.before("beta")
    desk.keys("Enter")


def split_and_join(desk: Desk) -> None:
    split_within(desk)
    desk.keys("Backspace")


def join_with_the_block_before(desk: Desk) -> None:
    desk.before("alpha")
    desk.keys("Backspace")


def heading(desk: Desk) -> None:
    desk.after("alpha")
    desk.keys("Control+Alt+2")


def clause_and_back(desk: Desk) -> None:
    desk.before("alpha")
    desk.type("1. ")
    desk.keys("Control+Alt+0")


def bold_in_part(desk: Desk) -> None:
    desk.select("gamma", "delta")
    desk.keys("Control+b")


def writing_within(desk: Desk) -> None:
    desk.after("beta")
    desk.type(" und")


def writing_at_both_ends(desk: Desk) -> None:
    desk.before("beta")
    desk.type("vor")
    desk.after("gamma")
    desk.type("nach")


def part_deleted(desk: Desk) -> None:
    desk.select("alpha", "beta")
    desk.keys("Delete")


def all_deleted(desk: Desk) -> None:
    desk.select("beta", "gamma")
    desk.keys("Delete")


def deleted_and_undone(desk: Desk) -> None:
    all_deleted(desk)
    desk.keys("Control+z")


def deleted_undone_redone_undone(desk: Desk) -> None:
    deleted_and_undone(desk)
    desk.keys("Control+y", "Control+z")


def typed_over(desk: Desk) -> None:
    desk.select("beta")
    desk.type("neu")


def cut_and_pasted(desk: Desk) -> None:
    desk.select("beta", "gamma")
    desk.keys("Control+x")
    desk.after("delta")
    desk.keys("Control+v")


def cut_with_words_around(desk: Desk) -> None:
    desk.select("alpha", "beta", "gamma")
    desk.keys("Control+x")
    desk.after("delta")
    desk.keys("Enter", "Control+v")


def cut_pasted_and_undone(desk: Desk) -> None:
    cut_and_pasted(desk)
    desk.keys("Control+z", "Control+z")


def copied(desk: Desk) -> None:
    desk.select("beta", "gamma")
    desk.keys("Control+c")
    desk.after("delta")
    desk.keys("Control+v")


def pasted_over_itself(desk: Desk) -> None:
    desk.select("beta", "gamma")
    desk.keys("Control+c")
    desk.select("beta", "gamma")
    desk.keys("Control+v")


def struck_and_rejected(desk: Desk) -> None:
    desk.mode("Vorschlagen")
    all_deleted(desk)
    desk.decide("Ablehnen")
    desk.mode("Bearbeiten")


def struck_and_accepted(desk: Desk) -> None:
    desk.mode("Vorschlagen")
    all_deleted(desk)
    desk.decide("Annehmen")
    desk.mode("Bearbeiten")


def proposed_within_and_accepted(desk: Desk) -> None:
    desk.mode("Vorschlagen")
    writing_within(desk)
    desk.decide("Annehmen")
    desk.mode("Bearbeiten")


def proposed_split(desk: Desk) -> None:
    desk.mode("Vorschlagen")
    split_within(desk)
    desk.decide("Annehmen")
    desk.mode("Bearbeiten")


def moved_as_a_proposal(desk: Desk) -> None:
    desk.mode("Vorschlagen")
    cut_and_pasted(desk)
    cards_ = desk.page.locator(".ke-card[data-kind=suggestion]")
    expect(cards_.first).to_be_visible()
    for left in range(cards_.count() - 1, -1, -1):
        cards_.first.get_by_role("button", name="Annehmen").click()
        expect(cards_).to_have_count(left)
    desk.mode("Bearbeiten")


def somebody_else_splits_it(desk: Desk) -> None:
    desk.ben.select(desk.word("beta"))
    desk.ben.page.keyboard.press("ArrowRight")
    desk.ben.page.keyboard.press("Enter")
    expect_passage(desk.anna, desk.n, shown(["beta", " gamma"], desk.n))
    desk.after("gamma")
    desk.type(" weiter")


SCENARIOS: dict[str, tuple[Steps, list[str]]] = {
    "split within": (split_within, ["beta", " gamma"]),
    "split before": (split_before, ["beta gamma"]),
    "split and joined again": (split_and_join, ["beta gamma"]),
    "joined with the block before": (join_with_the_block_before, ["beta gamma"]),
    "made a heading": (heading, ["beta gamma"]),
    "made a clause and a paragraph again": (clause_and_back, ["beta gamma"]),
    "bold in part": (bold_in_part, ["beta gamma"]),
    "written in": (writing_within, ["beta und gamma"]),
    "written beside": (writing_at_both_ends, ["beta gamma"]),
    "deleted in part": (part_deleted, [" gamma"]),
    "deleted": (all_deleted, []),
    "deleted and undone": (deleted_and_undone, ["beta gamma"]),
    "deleted, undone, redone, undone": (deleted_undone_redone_undone, ["beta gamma"]),
    "a word typed over": (typed_over, ["neu gamma"]),
    "cut and pasted": (cut_and_pasted, ["beta gamma"]),
    "cut with the words around and pasted": (cut_with_words_around, ["beta gamma"]),
    "cut, pasted and undone": (cut_pasted_and_undone, ["beta gamma"]),
    "copied": (copied, ["beta gamma"]),
    "pasted over itself": (pasted_over_itself, ["beta gamma"]),
    "struck, and that rejected": (struck_and_rejected, ["beta gamma"]),
    "struck, and that accepted": (struck_and_accepted, []),
    "proposed words within accepted": (proposed_within_and_accepted, ["beta und gamma"]),
    "a proposed split accepted": (proposed_split, ["beta", " gamma"]),
    "moved as a proposal that is accepted": (moved_as_a_proposal, ["beta gamma"]),
    "split by somebody else": (somebody_else_splits_it, ["beta", " gamma"]),
}


def thread_of(visitor: Visitor, n: int) -> Locator:
    return cards(visitor).filter(has_text=f"Frage {n}.")


def expect_passage(visitor: Visitor, n: int, words: list[str]) -> None:
    key = str(thread_of(visitor, n).get_attribute("data-card")).removeprefix("thread:")
    try:
        visitor.page.wait_for_function(IS_THERE, arg=[key, words])
    except Error:
        assert visitor.page.evaluate(WHERE, key) == words, visitor.name


def shown(words: list[str], n: int) -> list[str]:
    return [each.replace("beta", f"beta{n}").replace("gamma", f"gamma{n}").strip() for each in words]


@pytest.fixture(scope="module")
def two(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, Visitor]]:
    service = Service(tmp_path_factory.mktemp("anchors") / "data")
    service.start()
    anna, ben = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben"))
    anna.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for visitor in (anna, ben):
        visitor.open_editor()
    yield anna, ben
    service.kill()


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_passage_stays_with_its_words_when_it_is(name: str, two: tuple[Visitor, Visitor]) -> None:
    anna, ben = two
    steps, words = SCENARIOS[name]
    n = list(SCENARIOS).index(name) + 1
    desk = Desk(anna, ben, n)
    anna.text.focus()
    desk.keys("Control+End", "Enter", "Control+Alt+0")
    desk.type(f"alpha{n} beta{n} gamma{n} delta{n}")
    comment(anna, f"beta{n} gamma{n}", f"Frage {n}.")
    expect_passage(ben, n, [f"beta{n} gamma{n}"])
    anna.text.focus()
    steps(desk)
    for visitor in (anna, ben):
        expect_passage(visitor, n, shown(words, n))
    lost = thread_of(ben, n).get_by_text("Die Stelle gibt es im Text nicht mehr")
    expect(lost).to_have_count(0 if words else 1)
    thread_of(anna, n).get_by_role("button", name="Erledigt").click()
    expect(thread_of(ben, n)).to_have_count(0)
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()
