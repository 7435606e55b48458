"""Threads are stored beside the text: with a thousand passages marked a key costs what it cost before."""

from __future__ import annotations

from pycrdt import Doc, Text

from tests.cost import measured
from tests.sync.room.test_schema_of_the_text import Table, at_a_table
from tests.sync.room.test_what_grows_slowly import types

THREADS, KEYS, ROUNDS = 1_000, 100, 5
MORE = 1.5
"""Times the cost without threads: twice that of a busy machine's own differences."""


def text(threads: int) -> bytes:
    doc: Doc[Text] = Doc(client_id=99)
    words = doc.get("text", type=Text)
    for number in range(THREADS):
        marks = {f"comment:t{number}": True} if number < threads else {}
        words.insert(len(words), "Wir bauen Netze aus, die allen dienen.", marks)
        words.insert(len(words), "\n", {"b": "paragraph:0"})
    return doc.get_update()


def cost(threads: int) -> float:
    """Seconds of processor time for some keys, the cheapest round."""
    rounds = list[float]()

    def act(table: Table) -> None:
        for _ in range(ROUNDS):
            with measured() as keys:
                for _ in range(KEYS):
                    types(table, lambda text: text.insert(5, "x", {}))
            rounds.append(keys.seconds)

    at_a_table(act, text(threads))
    return min(rounds)


def test_a_key_costs_the_same_among_a_thousand_threads() -> None:
    bare = cost(0)
    assert cost(THREADS) < MORE * bare
