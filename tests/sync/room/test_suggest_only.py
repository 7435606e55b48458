"""Who may only suggest adds and takes back suggestions of their own, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from pycrdt import Doc, Text

from server.sync.attestation import Member
from server.sync.projection import load_doc
from server.sync.room.checks.suggest_only import only_suggests
from tests.sync.yjs_updates import boundary

ANNA = Member(1, "Anna", "08317096", "Offenburg")
BEN = Member(2, "Ben", "08317065", "Lahr/Schwarzwald")
Change = Callable[[Text], None]


def mark(member: Member, seconds: int = 5) -> str:
    return f"{member.person}|{member.municipality}|{seconds}"


def start() -> Doc[Text]:
    doc: Doc[Text] = Doc(client_id=9)
    text = doc.get("text", type=Text)
    text.insert(0, "Wir bauen Netze aus.", {})
    text.insert(len(text), "\n", {"b": "paragraph:0"})
    text.insert(len(text), "Für alle.", {})
    text.insert(len(text), "\n", {"b": "clause:1"})
    return doc


def update_of(doc: Doc[Text], change: Change, client: int = 5) -> bytes:
    """What a client sends that knows the doc and does this."""
    copy: Doc[Text] = Doc(client_id=client)
    copy.apply_update(doc.get_update())
    before = copy.get_state()
    change(copy.get("text", type=Text))
    return copy.get_update(before)


def suggest(rng: random.Random, member: Member, number: int) -> Change:
    """One act with the suggestion mode on."""

    def act(text: Text) -> None:
        parts = [(value, attributes or {}) for value, attributes in text.diff()]
        letters = [(letter, attributes) for value, attributes in parts for letter in value]
        content = "".join(letter for letter, _ in letters)
        at = rng.randrange(len(content))
        here = letters[at][1]
        start, end = boundary(content, at), boundary(content, at + 1)
        own_insertion = any(key.startswith("ins:") and value == mark(member) for key, value in here.items())
        own_deletion = [
            key for key, value in here.items() if key.startswith("del:") and value == mark(member)
        ]
        if own_insertion and rng.random() < 0.7:
            del text[start:end]
        elif own_deletion and rng.random() < 0.7:
            text.format(start, end, {own_deletion[0]: None})
        elif content[at] == "\n" and rng.random() < 0.5:
            text.format(start, end, {f"kind:{number}": f"heading:1|{mark(member)}"})
        elif rng.random() < 0.5:
            text.format(start, end, {f"del:{number}": mark(member)})
        else:
            insert(text, start, rng.choice(("Ä", "Wort ", "\n")), member, number)

    return act


def insert(text: Text, at: int, words: str, member: Member, number: int) -> None:
    """As our binding writes: every attribute is said, so that none is taken over from a neighbour."""
    block = {"b": "paragraph:0"} if words == "\n" else {}
    text.insert(at, words, {f"ins:{number}": mark(member), **block})


@pytest.mark.parametrize("seed", range(40))
def test_ones_own_suggestions_are_allowed_and_no_other_name_is(seed: int) -> None:
    rng = random.Random(seed)
    doc = start()
    for number in range(30):
        member, other = rng.choice(((ANNA, BEN), (BEN, ANNA)))
        update = update_of(doc, suggest(rng, member, number), client=10 + number)
        assert only_suggests(doc, update, member)
        if update[0] != 0:  # adds something; taking marks off one's own insertion is anybody's right
            assert not only_suggests(doc, update, other)
        doc = load_doc([doc.get_update(), update])


def test_the_text_is_the_same_when_all_suggestions_are_taken_out() -> None:
    doc = start()
    original = str(doc.get("text", type=Text))
    rng = random.Random(3)
    for number in range(40):
        doc = load_doc([doc.get_update(), update_of(doc, suggest(rng, ANNA, number), client=10 + number)])
    kept = [
        value
        for value, attributes in doc.get("text", type=Text).diff()
        if not any(key.startswith("ins:") for key in attributes or {})
    ]
    assert "".join(kept) == original


FORBIDDEN: dict[str, Change] = {
    "a plain letter": lambda text: text.insert(3, "x", {}),
    "a plain line feed": lambda text: text.insert(3, "\n", {"b": "paragraph:0"}),
    "deleting": lambda text: text.__delitem__(slice(0, 2)),
    "bold": lambda text: text.format(0, 3, {"strong": True}),
    "a link": lambda text: text.format(0, 3, {"link": "https://example.org"}),
    "another kind": lambda text: text.format(20, 21, {"b": "heading:1"}),
    "a suggestion in somebody else's name": lambda text: text.insert(3, "x", {"ins:1": mark(BEN)}),
    "somebody's name cut short": lambda text: text.insert(3, "x", {"ins:1": "1"}),
    "a deletion in somebody else's name": lambda text: text.format(0, 3, {"del:1": mark(BEN)}),
    "other people's text as one's own insertion": lambda text: text.format(0, 3, {"ins:1": mark(ANNA)}),
    "an unnamed suggestion": lambda text: text.format(0, 3, {"del:1": True}),
}


@pytest.mark.parametrize("change", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_everything_else_is_refused(change: Change) -> None:
    doc = start()
    assert not only_suggests(doc, update_of(doc, change), ANNA)


@pytest.mark.parametrize(
    "change", [lambda t: t.format(0, 3, {"del:7": None}), lambda t: t.__delitem__(slice(5, 8))]
)
def test_other_peoples_suggestions_are_not_theirs_to_take_back(change: Change) -> None:
    doc = start()
    text = doc.get("text", type=Text)
    text.format(0, 3, {"del:7": mark(BEN)})
    text.insert(5, "neu", {"ins:8": mark(BEN)})
    update = update_of(doc, change)
    assert only_suggests(doc, update, BEN)
    assert not only_suggests(doc, update, ANNA)


def test_nobody_puts_somebody_elses_name_on_what_they_insert_themselves() -> None:
    doc = start()
    forged: Change = lambda text: text.insert(3, "x", {"ins:1": mark(ANNA), "del:2": mark(BEN)})  # noqa: E731
    assert not only_suggests(doc, update_of(doc, forged), ANNA)
