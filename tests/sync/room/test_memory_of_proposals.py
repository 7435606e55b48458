"""What compaction takes out of a log of proposals is remembered, exactly and within bounds."""

from __future__ import annotations

import pytest
from pycrdt import Doc, Text

from server.sync.room.checks import memory
from server.sync.room.checks.memory import recall, remember


def proposal(key: str, value: str) -> bytes:
    doc: Doc[Text] = Doc()
    doc.get("text", type=Text).insert(0, "Netze", {key: value})
    return doc.get_update()


def test_it_grows_with_each_compaction_and_forgets_nothing_of_before() -> None:
    first = remember(b"", [proposal("ins:1", "2|Lahr|100"), proposal("strong", "x")])
    second = remember(first, [proposal("del:2", "3|Kehl|200")])
    assert recall(second) == {("ins:1", '"2|Lahr|100"'), ("del:2", '"3|Kehl|200"')}
    assert recall(remember(second, [])) == recall(second)


def test_nothing_is_kept_of_a_text_without_proposals() -> None:
    doc: Doc[Text] = Doc()
    doc.get("text", type=Text).insert(0, "Netze")
    assert remember(b"", [doc.get_update()]) == b""
    assert recall(b"") == set()


def test_of_too_many_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    kept = remember(b"", [proposal(f"ins:{number}", f"2|Lahr|{number}") for number in (7, 30, 9)])
    assert {key for key, _ in recall(kept)} == {"ins:30", "ins:9"}
