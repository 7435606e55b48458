"""Whatever structs somebody makes up: what is taken, the server reads as a browser shows it."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from server.sync.wire.close_codes import Closing
from tests.contract.conftest import Node
from tests.sync.gaps.browser import projected, shown
from tests.sync.gaps.made_up import SERVICE, MadeUp, beginning, form, gc, letters, update
from tests.sync.room.test_schema_of_the_text import Table, at_a_table

HISTORIES = 200
"""Without the checks more than half of them differ."""
ANNAS = 1
LETTER, THUMB = (SERVICE, 2), 6
"""A letter in the middle, and the clock of the first unit of the emoji."""
FIRST, SECOND = (SERVICE, THUMB), (SERVICE, THUMB + 1)
REFUSED = {
    "behind what was collected": update([(ANNAS, 0, [gc(2), letters("x", (ANNAS, 1), LETTER)])], []),
    "before what was collected": update([(ANNAS, 0, [gc(2), letters("x", LETTER, (ANNAS, 0))])], []),
    "the first half of a letter is deleted": update([], [(SERVICE, THUMB, 1)]),
    "the second half of a letter is deleted": update([], [(SERVICE, THUMB + 1, 2)]),
    "words within a letter": update([(ANNAS, 0, [letters("x", FIRST, SECOND)])], []),
    "words behind half a letter": update([(ANNAS, 0, [letters("x", FIRST, None)])], []),
    "words before half a letter": update([(ANNAS, 0, [letters("x", None, SECOND)])], []),
    "a format within a letter": update([(ANNAS, 0, [form(FIRST, SECOND)])], []),
    "half of a letter that it brings": update([(ANNAS, 0, [letters("a👍b", LETTER, None)])], [(ANNAS, 0, 2)]),
}


def test_what_server_and_browser_would_read_differently_is_refused() -> None:
    taken = list(REFUSED)

    def act(table: Table) -> None:
        for name, data in REFUSED.items():
            with suppress(Closing):
                table.sends("anna", data)
                continue
            taken.remove(name)

    assert len(at_a_table(act, beginning()).updates) == 1
    assert taken == []


def test_a_letter_of_which_half_is_known_is_refused() -> None:
    """What comes after the known end is taken in from the middle of a letter."""

    def act(table: Table) -> None:
        table.sends("anna", update([(ANNAS, 0, [letters("abc", LETTER, None)])], []))
        with pytest.raises(Closing, match="half a letter"):
            table.sends("anna", update([(ANNAS, 0, [letters("ab👍", LETTER, None)])], []))

    at_a_table(act, beginning())


def test_the_server_reads_what_a_browser_shows(node: Node) -> None:
    logs, refused = [], 0
    for seed in range(HISTORIES):
        made = MadeUp(random.Random(seed))

        def act(table: Table, made: MadeUp = made) -> None:
            nonlocal refused
            for number in range(8):
                refused += 1
                with suppress(Closing):
                    name, clients = (("anna", [1, 11]), ("ben", [2, 22]))[number % 2]
                    table.sends(name, made.update(clients))
                    refused -= 1

        logs.append(at_a_table(act, beginning()).updates)
    seen = shown(node, logs)
    assert [n for n, log in enumerate(logs) if projected(log) != seen[n].blocks or seen[n].waits] == []
    assert HISTORIES < refused < 6 * HISTORIES
