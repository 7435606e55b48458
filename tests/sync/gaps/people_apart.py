"""Seeded histories of people who write at once, and what a bad network makes of them."""

from __future__ import annotations

import random
from typing import NamedTuple

from pycrdt import Doc, Text

WORDS = ("Ä", "Glasfaser ", "für alle", "👩‍👩‍👧", "e\u0301", "\u2028", "x", "§ 54 GemO ")
MARKS = (
    {},
    {"strong": True},
    {"em": True},
    {"link": "https://example.org"},
    {"comment:a": True},
    {"comment:b": "o", "em": True},
)
KINDS = ("paragraph:0", "heading:1", "clause:1", "quote:0")


class Sent(NamedTuple):
    """`writer` counts from 0."""

    writer: int
    update: bytes


def history(rng: random.Random, writers: int = 3, steps: int = 24) -> tuple[list[Sent], list[Doc[Text]]]:
    """Every update in an order in which each finds what it builds on, and what each has in the end."""
    docs: list[Doc[Text]] = [Doc(client_id=rng.randrange(1, 1 << 32)) for _ in range(writers)]
    sent: list[Sent] = []
    for _ in range(steps):
        writer = rng.randrange(writers)
        doc = docs[writer]
        before = doc.get_state()
        made: list[bytes] = []
        subscription = doc.observe(lambda event, made=made: made.append(event.update))  # type: ignore[misc]
        edit(doc.get("text", type=Text), rng, f"{writer + 1}|Offenburg|5")
        doc.unobserve(subscription)
        sent += [Sent(writer, update) for update in made]
        if rng.random() < 0.2:  # a page that was offline sends all it has
            sent.append(Sent(writer, doc.get_update(before)))
        for other in docs:
            if other is not doc and rng.random() < 0.6:
                other.apply_update(doc.get_update(other.get_state()))
    return sent, docs


def edit(text: Text, rng: random.Random, author: str) -> None:
    """`author`: as proposals name them."""
    letters = str(text)
    kind = rng.random()
    if kind < 0.6 or len(letters) < 4:
        at = place(letters, rng.randint(0, len(letters)))
        if rng.random() < 0.25:
            text.insert(at, "\n", {"b": rng.choice(KINDS)})
        else:
            proposed = {f"ins:{author[0]}-{rng.randrange(4)}": author} if rng.random() < 0.2 else {}
            text.insert(at, rng.choice(WORDS), rng.choice(MARKS) | proposed)
        return
    start = rng.randrange(len(letters) - 2)
    begin, end = place(letters, start), place(letters, start + 2)
    if kind < 0.85:
        del text[begin:end]
    else:
        text.format(begin, end, rng.choice((*MARKS[1:], {"comment:a": None}, {f"del:{author[0]}": author})))


def place(letters: str, at: int) -> int:
    """pycrdt counts UTF-8 bytes."""
    return len(letters[:at].encode())


def disturbed(rng: random.Random, sent: list[Sent]) -> tuple[list[Sent], list[Sent]]:
    """What arrives, late, reordered, twice; and what is lost."""
    lost = [one for one in sent if rng.random() < 0.12]
    arriving = [one for one in sent if one not in lost]
    arriving += [one for one in arriving if rng.random() < 0.1]
    delays = {id(one): rng.random() * 6 if rng.random() < 0.3 else 0.0 for one in arriving}
    order = sorted(range(len(arriving)), key=lambda n: n + delays[id(arriving[n])])
    return [arriving[n] for n in order], lost
