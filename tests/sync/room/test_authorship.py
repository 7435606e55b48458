"""Who wrote what, also where several wrote in the same place at once."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from itertools import groupby

import pytest
from pycrdt import Doc, Text

from server.domain.text.update_log import SERVICE, Writer
from server.sync.authorship import Author, Passage, who_wrote
from server.sync.projection import load_doc, seed_update
from tests.sync.letters import count_letters
from tests.sync.yjs_updates import boundary, structure

NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)
ANNA, BEN, CLARA = Author(1, "08317096"), Author(2, "08317065"), Author(3)
PEOPLE = (ANNA, BEN, CLARA)
ALPHABETS = ("abcdeÄ", "γδλπω👩", "жиклю🏛")
"""Each person's own letters: so a letter says who wrote it."""


def writers(clients: list[int]) -> list[Writer]:
    return [Writer(client, a.person, a.ags, NOON) for client, a in zip(clients, PEOPLE, strict=True)]


def edit(doc: Doc[Text], rng: random.Random, letters: str) -> None:
    text = doc.get("text", type=Text)
    content = str(text)
    at = rng.randint(0, len(content))
    if content and rng.random() < 0.35:
        end = min(len(content), at + rng.randint(1, 6))
        del text[boundary(content, at) : boundary(content, end)]
    elif content and rng.random() < 0.2:
        end = min(len(content), at + 4)
        if end > at:
            text.format(boundary(content, at), boundary(content, end), {"strong": rng.choice((True, None))})
    elif rng.random() < 0.05:
        structure(doc, rng)
    else:
        words = "".join(rng.choice(letters) for _ in range(rng.randint(1, 5)))
        text.insert(boundary(content, at), words, {})


@pytest.mark.parametrize("seed", range(60))
def test_every_letter_is_its_writers_under_concurrency(seed: int) -> None:
    rng = random.Random(seed)
    clients = rng.sample(range(1, 1 << 32), 3)
    docs: list[Doc[Text]] = [Doc(client_id=client) for client in clients]
    for _ in range(120):
        number = rng.randrange(3)
        edit(docs[number], rng, ALPHABETS[number])
        if rng.random() < 0.4:
            one, other = rng.sample(docs, 2)
            other.apply_update(one.get_update(other.get_state()))
    updates = [doc.get_update() for doc in docs]
    passages = who_wrote(updates, writers(clients))
    assert "".join(p.text for p in passages) == str(load_doc(updates).get("text", type=Text))
    for passage in passages:
        assert set(passage.text) <= set(ALPHABETS[PEOPLE.index(passage.author)])


@pytest.mark.parametrize("seed", range(20))
def test_it_equals_a_list_of_letters_kept_by_hand(seed: int) -> None:
    """Same letters for all; one after the other, so that a plain list is the truth."""
    rng = random.Random(seed)
    clients = rng.sample(range(1, 1 << 32), 3)
    docs: list[Doc[Text]] = [Doc(client_id=client) for client in clients]
    model: list[tuple[str, Author]] = []
    for _ in range(150):
        number = rng.randrange(3)
        text = docs[number].get("text", type=Text)
        content = "".join(letter for letter, _ in model)
        at = rng.randint(0, len(content))
        if content and rng.random() < 0.4:
            end = min(len(content), at + 3)
            del text[boundary(content, at) : boundary(content, end)]
            del model[at:end]
        else:
            text.insert(boundary(content, at), "xäy", {})
            model[at:at] = [(letter, PEOPLE[number]) for letter in "xäy"]
        for doc in docs:
            doc.apply_update(docs[number].get_update(doc.get_state()))
    expected = tuple(
        Passage("".join(letter for letter, _ in group), author)
        for author, group in groupby(model, key=lambda each: each[1])
    )
    assert who_wrote([docs[0].get_update()], writers(clients)) == expected


def test_the_starter_text_is_the_services_and_letters_are_counted() -> None:
    seed = seed_update([])
    doc = load_doc([seed])
    writing: Doc[Text] = Doc(client_id=5)
    writing.apply_update(doc.get_update())
    writing.get("text", type=Text).insert(0, "Ortenau\nTexte", {})
    passages = who_wrote([writing.get_update()], [Writer(5, 1, "08317096", NOON)])
    assert passages == (Passage("Ortenau\nTexte", ANNA), Passage("\n", Author(SERVICE)))
    assert count_letters(passages) == {ANNA: 12, Author(SERVICE): 0}


def test_a_long_text_takes_no_more_than_seconds() -> None:
    rng = random.Random(1)
    doc: Doc[Text] = Doc(client_id=7)
    text = doc.get("text", type=Text)
    for _ in range(3_000):
        text.insert(rng.randint(0, len(text)), "Wort ", {})
    begin = time.process_time()
    (passage,) = who_wrote([doc.get_update()], [Writer(7, 1, "08317096", NOON)])
    assert passage.text == str(text)
    assert time.process_time() - begin < 2
