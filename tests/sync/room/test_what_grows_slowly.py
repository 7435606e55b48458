"""A block that grows over many messages, or one letter's marks, meet the same bound as all at once."""

from __future__ import annotations

import time

import pytest
from pycrdt import Doc, Text

from server.sync.gaps import apply_closed
from server.sync.projection import load_doc
from server.sync.room.checks.size_check import LONGEST, measure
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.text_schema import MAX_BLOCK, MAX_MARKS
from tests.sync.room.test_schema_of_the_text import Change, Table, at_a_table

PIECE = 500


def longest(updates: list[bytes]) -> int:
    return measure(load_doc(updates)).longest


def text_of(lengths: list[int]) -> bytes:
    doc: Doc[Text] = Doc(client_id=99)
    text = doc.get("text", type=Text)
    for length in lengths:
        text.insert(len(text), "x" * length, {})
        text.insert(len(text), "\n", {"b": "paragraph:0"})
    return doc.get_update()


def write_on(table: Table, words: str) -> None:
    for _ in range(2 * MAX_BLOCK // PIECE):
        table.writes("anna", lambda text: text.insert(0, words, {}))


def mark_on(table: Table) -> None:
    for number in range(2 * MAX_MARKS):
        table.writes("anna", lambda text, key=f"comment:{number}": text.format(0, 1, {key: True}))


def types(table: Table, change: Change) -> None:
    """Sends what a key changes and no more, as the editor does."""
    doc, made = table.docs["anna"], list[bytes]()
    subscription = doc.observe(lambda event: made.append(event.update))
    change(doc.get("text", type=Text))
    doc.unobserve(subscription)
    table.sends("anna", made[0])


def test_letters_typed_into_one_block_without_end_are_refused_by_name() -> None:
    def act(table: Table) -> None:
        with pytest.raises(Closing, match="a block is too long") as refused:
            write_on(table, "x" * PIECE)
        assert refused.value.code is CloseCode.TOO_LARGE

    log = at_a_table(act)
    assert MAX_BLOCK <= longest(log.updates) <= LONGEST + PIECE


def test_blocks_joined_by_deleting_what_is_between_them_are_refused() -> None:
    def act(table: Table) -> None:
        with pytest.raises(Closing, match="a block is too long"):
            table.writes("anna", lambda text: text.__delitem__(slice(15_000, 15_001)))

    log = at_a_table(act, text_of([15_000, 15_000]))
    assert longest(log.updates) == 15_000


def test_letters_of_two_beyond_the_basic_plane_count_as_browsers_count() -> None:
    def act(table: Table) -> None:
        with pytest.raises(Closing, match="a block is too long"):
            write_on(table, "😀" * PIECE)

    assert longest(at_a_table(act).updates) <= LONGEST + 2 * PIECE


def test_marks_added_one_at_a_time_are_refused_by_name() -> None:
    def act(table: Table) -> None:
        table.writes("anna", lambda text: text.insert(0, "x", {}))
        with pytest.raises(Closing, match="too many marks on one letter"):
            mark_on(table)

    assert measure(load_doc(at_a_table(act).updates)).marks <= MAX_MARKS + 8


def test_a_text_with_a_block_of_old_that_is_too_long_can_still_be_mended() -> None:
    def act(table: Table) -> None:
        table.writes("anna", lambda text: text.insert(12_000, "\n", {"b": "paragraph:0"}))
        table.writes("ben", lambda text: text.insert(0, "Weiter. ", {}))

    log = at_a_table(act, text_of([30_000]))
    assert longest(log.updates) == 18_000


def test_a_long_text_is_measured_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """2,000 keys in a text of 120,000 letters, a tenth of them deletions."""
    measured: list[int] = []

    def counted(updates: list[bytes]) -> Doc[Text]:
        measured.append(1)
        return apply_closed(updates)

    monkeypatch.setattr("server.sync.room.text_state.apply_closed", counted)

    def act(table: Table) -> None:
        began = time.process_time()
        for number in range(2_000):
            if number % 10:
                types(table, lambda text: text.insert(7, "x", {}))
            else:
                types(table, lambda text: text.__delitem__(slice(7, 8)))
        assert time.process_time() - began < 20

    at_a_table(act, text_of([400] * 300))
    assert len(measured) < 5
