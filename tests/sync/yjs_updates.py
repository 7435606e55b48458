"""Updates as clients make them, for the tests of what is accepted: seeded histories of several writers."""

from __future__ import annotations

import random

from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText

WORDS = ("Ä", "Glasfaser ", "für alle", "👩‍👩‍👧", "e\u0301", "\n", "\u2028", "x", "§ 54 GemO ")
MARKS = ({}, {"strong": True}, {"em": True}, {"link": "https://example.org"}, {"ins:9": "1|Lahr|5"})


def histories(seed: int, writers: int = 3, steps: int = 40) -> list[bytes]:
    """Every update of a history in a causal order."""
    rng = random.Random(seed)
    docs: list[Doc[Text]] = [Doc(client_id=rng.randrange(1, 1 << 32)) for _ in range(writers)]
    made: list[bytes] = []
    subscriptions = [doc.observe(lambda event: made.append(event.update)) for doc in docs]
    updates: list[bytes] = []
    for _ in range(steps):
        doc = rng.choice(docs)
        edit(doc, rng)
        fresh, made[:] = list(made), []
        updates += fresh
        for other in docs:
            if other is not doc and rng.random() < 0.7:
                other.apply_update(doc.get_update(other.get_state()))
                made.clear()
    updates += [doc.get_update() for doc in docs]
    for doc, subscription in zip(docs, subscriptions, strict=True):
        doc.unobserve(subscription)
    return updates


def edit(doc: Doc[Text], rng: random.Random) -> None:
    text = doc.get("text", type=Text)
    size = len(str(text))
    kind = rng.random()
    if kind < 0.6 or size < 4:
        text.insert(boundary(str(text), rng.randint(0, size)), rng.choice(WORDS), rng.choice(MARKS))
    elif kind < 0.75:
        start = rng.randrange(size - 2)
        del text[boundary(str(text), start) : boundary(str(text), start + 2)]
    elif kind < 0.9:
        start = rng.randrange(size - 2)
        text.format(boundary(str(text), start), boundary(str(text), start + 2), rng.choice(MARKS[1:]))
    else:
        structure(doc, rng)


def boundary(text: str, letters: int) -> int:
    """pycrdt counts UTF-8 bytes."""
    return len(text[:letters].encode())


def structure(doc: Doc[Text], rng: random.Random) -> None:
    meta = doc.get("meta", type=Map)
    value = rng.choice(
        [1, 1.5, True, None, "Lahr", b"bytes", {"a": [1, {"b": 2.5}]}, Map({"x": 1}), Array([1, 2])]
    )
    meta[rng.choice("abc")] = value
    if rng.random() < 0.3:
        tree = doc.get("tree", type=XmlFragment)
        tree.children.append(XmlElement("p", {"class": "x"}, [XmlText("Ü")]))
