"""Whatever stands in a text: the projection reads it, cleaning leaves a text that a revision can hold."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Map, Text

from server.domain.text.content import UNSEEN
from server.domain.text.errors import EmptyText, OpenSuggestions
from server.domain.text.live_text import fix_content
from server.sync.cleaning import cleaning_update
from server.sync.projection import read_text, seed_update

KEYS = st.sampled_from(
    [
        "b",
        "strong",
        "em",
        "link",
        "comment:",
        "comment:1",
        "ins:",
        "ins:1",
        "del:2",
        "kind:",
        "kind:3",
        "x",
        "",
    ]
)
VALUES = st.sampled_from(
    [
        True,
        False,
        None,
        1,
        1.5,
        "",
        "x",
        "1|Lahr|1e99",
        "heading:1",
        "heading:9",
        "javascript:x",
        [1],
        {"a": 1},
    ]
)
ATTRIBUTES = st.dictionaries(KEYS, VALUES, max_size=4)
WORDS = st.sampled_from(
    ["Netze", "ä", "👩‍👩‍👧", "\n", "a\nb", "\u2028", "\ufffc", "\x02", "a\r\u202eb\0", "\x0b"]
)
EMBED = st.sampled_from([{"image": "x"}, [1], True, 5, b"x"])
Part = tuple[object, dict[str, object], float]
PARTS = st.lists(st.tuples(st.one_of(WORDS, EMBED), ATTRIBUTES, st.floats(0, 1)), max_size=12)


def built(parts: list[Part]) -> list[bytes]:
    doc: Doc[Text] = Doc()
    doc.apply_update(seed_update([]))
    text = doc.get("text", type=Text)
    for value, attributes, where in parts:
        at = len(str(text)[: round(where * len(str(text)))].encode()) if where < 0.9 else len(text)
        if isinstance(value, str):
            text.insert(at, value, attributes)
        else:
            text.insert_embed(at, value, attributes)
    return [doc.get_update()]


@given(PARTS)
def test_every_text_is_read_and_can_be_cleaned(parts: list[Part]) -> None:
    log = built(parts)
    before = read_text(log)
    change = cleaning_update(log)
    if change is not None:
        log.append(change)
    after = read_text(log)
    assert not any(block.unknown for block in after)
    assert cleaning_update(log) is None
    words = ["".join(run.text for run in block.runs) for block in before]
    kept = ["".join(run.text for run in block.runs) for block in after]
    assert "".join(kept) == UNSEEN.sub("", "".join(words))
    with contextlib.suppress(OpenSuggestions, EmptyText):  # what people decide about
        fix_content(after)


@pytest.mark.parametrize("clean", [[], [("Netze", {"strong": True, "ins:1": "1|Lahr|5"}, 0.0)]])
def test_a_text_without_unknown_content_stays_as_it_is(
    clean: list[Part],
) -> None:
    assert cleaning_update(built(clean)) is None


def test_a_type_inside_the_text_goes() -> None:
    doc: Doc[Text] = Doc()
    doc.apply_update(seed_update([]))
    doc.get("text", type=Text).insert_embed(0, Map({"a": 1}))
    log = [doc.get_update()]
    change = cleaning_update(log)
    assert change is not None
    assert read_text([*log, change]) == read_text([seed_update([])])
