"""Suggestions of every kind, made with keys by one or two people and decided by a third with theirs.

All rows are played in the same three windows: what was proposed is shown alike; accepted it is the text
that its authors meant; the decision is undone; rejected it is the text as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, Locator, expect

from tests.story.people import SELECTION_TOLD, Visitor
from tests.story.service import Service

READ = """() => [...document.querySelectorAll("#editor .ProseMirror > *")].map(block => {
  const read = node => node.nodeType === 3 ? node.data
    : node.classList.contains("ke-caret") ? ""
    : node.localName === "ins" ? `{+${inside(node)}+}`
    : node.localName === "del" ? (node.parentNode.closest("del") ? inside(node) : `{-${inside(node)}-}`)
    : node.dataset?.format ? `{*${inside(node)}*}`
    : node.localName === "strong" ? `**${inside(node)}**`
    : node.localName === "em" ? `_${inside(node)}_`
    : node.localName === "br" ? "" : inside(node);
  const inside = node => [...node.childNodes].map(read).join("");
  const { kind, level, suggested } = block.dataset;
  const text = inside(block).replaceAll("-}{-", "");
  return (kind === "paragraph" ? "" : `${kind}${level}|`) + text + (suggested ? `<${suggested}>` : "");
})"""
SHOWS = f"wanted => JSON.stringify(({READ})()) === JSON.stringify(wanted)"
TELL_NOTHING = """() => {
  const quiet = new AbortController()
  const stop = (event) => event.stopImmediatePropagation()
  document.addEventListener("selectionchange", stop, { capture: true, signal: quiet.signal })
  addEventListener("tell", () => quiet.abort(), { once: true })
}"""
"""Until the event `tell` no listener hears of a moved caret."""
START = "Anfang"
"""Stands in the line above each scenario."""

Keys = Sequence[str]
"""Names of keys; what is longer than a key's name and has a blank in front is typed."""


@dataclass(frozen=True)
class Row:
    """`lines`: the text before; the caret is at its start. `shown`: with all proposals. `then`: keys of a
    second person, whose caret is at the start as well. `count`: cards."""

    name: str
    lines: Sequence[str]
    keys: Keys
    shown: Sequence[str]
    accepted: Sequence[str]
    then: Keys = ()
    count: int = 1


def right(count: int) -> list[str]:
    return ["ArrowRight"] * count


def marked(count: int) -> list[str]:
    return ["Shift+ArrowRight"] * count


def typed(words: str) -> str:
    return f"»{words}"


A = ("das alte Netz",)
AB = ("eins zwei", "drei vier")
ROWS = [
    Row("insert at the start", A, [typed("Nur ")], ["{+Nur +}das alte Netz"], ["Nur das alte Netz"]),
    Row(
        "insert in the middle",
        A,
        [*right(4), typed("gute ")],
        ["das {+gute +}alte Netz"],
        ["das gute alte Netz"],
    ),
    Row("insert at the end", A, ["End", typed(" hier")], ["das alte Netz{+ hier+}"], ["das alte Netz hier"]),
    Row("delete a word", A, [*right(4), *marked(5), "Delete"], ["das {-alte -}Netz"], ["das Netz"]),
    Row("delete backwards", A, ["End", "Backspace", "Backspace"], ["das alte Ne{-tz-}"], ["das alte Ne"]),
    Row("delete forwards", A, ["Delete", "Delete"], ["{-da-}s alte Netz"], ["s alte Netz"]),
    Row("delete all", A, [*marked(13), "Delete"], ["{-das alte Netz-}"], [""]),
    Row(
        "replace a word",
        A,
        [*right(4), *marked(4), typed("neue")],
        ["das {+neue+}{-alte-} Netz"],
        ["das neue Netz"],
    ),
    Row(
        "delete, then write there",
        A,
        [*right(4), *marked(4), "Delete", typed("neue")],
        ["das {+neue+}{-alte-} Netz"],
        ["das neue Netz"],
    ),
    Row(
        "take back one's own letters",
        A,
        [typed("ABC"), "Backspace"],
        ["{+AB+}das alte Netz"],
        ["ABdas alte Netz"],
    ),
    Row(
        "two places are two",
        A,
        [typed("X"), "End", typed("Y")],
        ["{+X+}das alte Netz{+Y+}"],
        ["Xdas alte NetzY"],
        count=2,
    ),
    Row("split", AB[:1], [*right(4), "Enter"], ["eins<ins>", " zwei"], ["eins", " zwei"]),
    Row(
        "split and write",
        AB[:1],
        [*right(4), "Enter", typed("X")],
        ["eins<ins>", "{+X+} zwei"],
        ["eins", "X zwei"],
    ),
    Row(
        "a new paragraph at the end",
        AB[:1],
        ["End", "Enter", typed("neu")],
        ["eins zwei", "{+neu+}<ins>"],
        ["eins zwei", "neu"],
    ),
    Row("join forwards", AB, ["End", "Delete"], ["eins zwei<del>", "drei vier"], ["eins zweidrei vier"]),
    Row(
        "join backwards",
        AB,
        ["ArrowDown", "Home", "Backspace"],
        ["eins zwei<del>", "drei vier"],
        ["eins zweidrei vier"],
    ),
    Row(
        "delete over two paragraphs",
        AB,
        [*right(5), *marked(9), "Delete"],
        ["eins {-zwei-}<del>", "{-drei-} vier"],
        ["eins  vier"],
    ),
    Row(
        "replace over two paragraphs",
        AB,
        [*right(5), *marked(9), typed("X")],
        ["eins {+X+}{-zwei-}<del>", "{-drei-} vier"],
        ["eins X vier"],
    ),
    Row("bold", A, [*right(4), *marked(4), "Control+b"], ["das {*alte*} Netz"], ["das **alte** Netz"]),
    Row("italic", A, [*right(4), *marked(4), "Control+i"], ["das {*alte*} Netz"], ["das _alte_ Netz"]),
    Row(
        "bold twice is none",
        A,
        [*right(4), *marked(4), "Control+b", "Control+b"],
        ["das alte Netz"],
        ["das alte Netz"],
        count=0,
    ),
    Row(
        "bold words of one's own",
        A,
        [typed("Nur "), *["Shift+ArrowLeft"] * 4, "Control+b"],
        ["**{+Nur+}**{+ +}das alte Netz"],
        ["**Nur** das alte Netz"],
    ),
    Row("a heading", A, ["Control+Alt+2"], ["das alte Netz<kind>"], ["heading2|das alte Netz"]),
    Row(
        "a kind and then another",
        A,
        ["Control+Alt+2", "Control+Alt+3"],
        ["das alte Netz<kind>"],
        ["heading3|das alte Netz"],
    ),
    Row(
        "a kind and words",
        A,
        ["Control+Alt+2", typed("X")],
        ["{+X+}das alte Netz<kind>"],
        ["heading2|Xdas alte Netz"],
        count=2,
    ),
    Row("undo", A, [typed("weg"), "Control+z"], ["das alte Netz"], ["das alte Netz"], count=0),
    Row(
        "undo and redo",
        A,
        [typed("da"), "Control+z", "Control+y"],
        ["{+da+}das alte Netz"],
        ["dadas alte Netz"],
    ),
    Row(
        "cut and paste",
        A,
        [*marked(4), "Control+x", "End", "Control+v"],
        ["{-das -}alte Netz{+das +}"],
        ["alte Netzdas "],
        count=2,
    ),
    Row(
        "copy and paste",
        A,
        [*marked(4), "Control+c", "End", "Control+v"],
        ["das alte Netz{+das +}"],
        ["das alte Netzdas "],
    ),
    Row("a hard break", A, [*right(4), "Shift+Enter"], ["das {++}alte Netz"], ["das alte Netz"]),
    Row(
        "two people at two places",
        A,
        [typed("X")],
        ["{+X+}das alte Netz{+Y+}"],
        ["Xdas alte NetzY"],
        then=["End", typed("Y")],
        count=2,
    ),
    Row(
        "two people side by side stay two",
        A,
        [typed("X")],
        ["{+X+}{+Y+}das alte Netz"],
        ["XYdas alte Netz"],
        then=[*right(1), typed("Y")],
        count=2,
    ),
    Row(
        "two people delete the same",
        A,
        [*marked(4), "Delete"],
        ["{-das -}alte Netz"],
        ["alte Netz"],
        then=[*marked(4), "Delete"],
        count=2,
    ),
    Row(
        "deletions that overlap",
        A,
        [*right(4), *marked(4), "Delete"],
        ["{-das alte-} Netz"],
        [" Netz"],
        then=[*marked(6), "Delete"],
        count=2,
    ),
    Row(
        "deleted from another's insertion",
        A,
        [typed("viele ")],
        ["{+vi{-ele-} +}das alte Netz"],
        ["vi das alte Netz"],
        then=[*right(2), *marked(3), "Delete"],
        count=2,
    ),
    Row(
        "written inside another's insertion",
        A,
        [typed("viele ")],
        ["{+vi+}{+x+}{+ele +}das alte Netz"],
        ["vixele das alte Netz"],
        then=[*right(2), typed("x")],
        count=2,
    ),
    Row(  # the first step leads from before the deletion into it
        "written inside another's deletion",
        A,
        [*marked(4), "Delete"],
        ["{-d-}{+x+}{-as -}alte Netz"],
        ["xalte Netz"],
        then=[*right(2), typed("x")],
        count=2,
    ),
    Row(
        "two people want the same kind",
        A,
        ["Control+Alt+2"],
        ["das alte Netz<kind>"],
        ["heading2|das alte Netz"],
        then=["Control+Alt+2"],
        count=2,
    ),
    Row(
        "bold of one, italic of another",
        A,
        [*right(4), *marked(4), "Control+b"],
        ["das {*{*alte*}*} Netz"],
        ["das _**alte**_ Netz"],
        then=[*right(4), *marked(4), "Control+i"],
        count=2,
    ),
]


class Table:
    """Anna and Ben propose, Clara decides."""

    def __init__(self, browser: Browser, service: Service) -> None:
        self.anna, self.ben, self.clara = (
            Visitor(browser, service, name).sign_in() for name in ("anna", "ben", "clara")
        )
        for each in self.all:
            each.context.grant_permissions(["clipboard-read", "clipboard-write"])
            each.open_editor()

    @property
    def all(self) -> tuple[Visitor, Visitor, Visitor]:
        return self.anna, self.ben, self.clara

    def lay(self, lines: Sequence[str]) -> None:
        """Nothing but these lines behind the first, written plainly by Clara. All see the empty text before:
        the lines may be those of the last scenario, and would change under somebody's caret later."""
        keyboard = self.clara.page.keyboard
        self.clara.text.evaluate("text => text.focus()")
        keyboard.press("Control+a")
        keyboard.press("Delete")
        keyboard.press("Control+Alt+0")
        self.all_show([""])
        keyboard.type(START)
        for line in lines:
            keyboard.press("Enter")
            keyboard.type(line)
        self.all_show([START, *lines])

    def all_show(self, blocks: Sequence[str]) -> None:
        for visitor in self.all:
            try:
                visitor.page.wait_for_function(SHOWS, arg=list(blocks))
            except Error:
                assert visitor.page.evaluate(READ) == list(blocks), visitor.name

    def propose(self, visitor: Visitor, keys: Keys) -> None:
        page = visitor.page
        button = page.get_by_role("button", name="Vorschlagen", exact=True)
        if button.get_attribute("aria-pressed") != "true":
            button.click()
        visitor.text.evaluate("text => text.focus()")
        for key in ("Control+Home", "ArrowDown", "Home", *keys):
            if key.startswith("»"):
                page.keyboard.type(key[1:])
                continue
            page.keyboard.press(key)
            if "Arrow" in key or key.endswith(("Home", "End")):
                page.evaluate(SELECTION_TOLD)
        expect(page.locator("[data-saved=true][data-connection=online]")).to_be_visible()

    def decide(self, key: str) -> None:
        """From the text to the first card, and from card to card. What stood within a rejected insertion goes
        with it."""
        page = self.clara.page
        self.clara.text.evaluate("text => text.focus()")
        page.keyboard.press("Alt+ArrowDown")
        while left := self.cards.count():
            page.keyboard.press(key)
            expect(self.cards).not_to_have_count(left)

    def decide_about_many(self, which: int, chosen: str, what: str) -> None:
        """`which`: 0 by municipality, 1 by section."""
        self.clara.page.locator(".ke-count").click()
        points = self.clara.page.get_by_role("region", name="Offene Punkte")
        for number in (0, 1):
            points.locator("select").nth(number).select_option(chosen if number == which else "")
        points.get_by_role("button", name=what, exact=True).click()
        points.get_by_role("button", name=f"{what}: sicher?").click()

    def undo(self, count: int) -> None:
        """Clara's decisions, until as many are open as were."""
        self.clara.text.evaluate("text => text.focus()")
        while self.cards.count() < count:
            left = self.cards.count()
            self.clara.page.keyboard.press("Control+z")
            expect(self.cards).not_to_have_count(left)

    @property
    def cards(self) -> Locator:
        return self.clara.page.locator("#cards .ke-card")


@pytest.fixture(scope="module")
def table(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    service = Service(tmp_path_factory.mktemp("scenarios") / "data")
    service.start()
    try:
        yield Table(browser, service)
    finally:
        service.kill()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_is_shown_to_all_and_decided_by_another(table: Table, row: Row) -> None:
    table.lay(row.lines)
    table.propose(table.anna, row.keys)
    if row.then:
        table.propose(table.ben, row.then)
    table.all_show([START, *row.shown])
    expect(table.cards).to_have_count(row.count)
    table.decide("Control+Alt+Enter")
    table.all_show([START, *row.accepted])
    table.undo(row.count)
    table.all_show([START, *row.shown])
    table.decide("Control+Alt+Backspace")
    table.all_show([START, *row.lines])


def test_many_are_decided_at_once_by_municipality_and_by_section(table: Table) -> None:
    """One undo takes all of it back."""
    table.lay(("Erster", "eins", "Zweiter", "zwei"))
    for heading in ("Erster", "Zweiter"):
        table.clara.select(heading)
        table.clara.page.keyboard.press("Control+Alt+2")
    laid = [START, "heading2|Erster", "eins", "heading2|Zweiter", "zwei"]
    table.all_show(laid)
    for visitor, words, key, letter in (
        (table.anna, "eins", "ArrowRight", "A"),
        (table.anna, "zwei", "ArrowRight", "A"),
        (table.ben, "zwei", "ArrowLeft", "B"),
    ):
        table.propose(visitor, ())
        visitor.select(words)
        visitor.page.keyboard.press(key)
        visitor.page.keyboard.type(letter)
    shown = [*laid[:2], "eins{+A+}", laid[3], "{+B+}zwei{+A+}"]
    for which, chosen, what, left in (
        (0, "Lahr/Schwarzwald", "1 ablehnen", [*shown[:4], "zwei{+A+}"]),
        (0, "Offenburg", "2 annehmen", [*shown[:2], "einsA", laid[3], "{+B+}zweiA"]),
        (1, "Zweiter", "2 annehmen", [*shown[:4], "BzweiA"]),
        (1, "", "3 ablehnen", laid),
    ):
        table.all_show(shown)
        table.decide_about_many(which, chosen, what)
        table.all_show(left)
        table.clara.text.evaluate("text => text.focus()")
        table.clara.page.keyboard.press("Control+z")
    table.all_show(shown)


def test_a_caret_that_just_moved_stays_while_somebody_else_writes(table: Table) -> None:
    """As if the browser told of its caret only after Ben's letters came."""
    table.lay(AB)
    table.propose(table.anna, ())
    page = table.anna.page
    page.evaluate(TELL_NOTHING)
    table.anna.select("vier")
    for mode, words in (("Bearbeiten", "fünf"), ("Vorschlagen", "sechs")):
        table.ben.page.get_by_role("button", name=mode, exact=True).click()
        table.ben.write_after(AB[0], words)
        expect(table.anna.text).to_contain_text(words)
    page.keyboard.press("Delete")
    page.evaluate("() => dispatchEvent(new Event('tell'))")
    table.all_show([START, "eins zweifünf{+sechs+}", "drei {-vier-}"])


def test_the_table_has_thirty_rows_and_no_complaint(table: Table) -> None:
    assert len(ROWS) >= 30
    assert [complaint for visitor in table.all for complaint in visitor.complaints] == []
