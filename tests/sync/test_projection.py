"""The live text read from the CRDT is what the browser shows."""

from __future__ import annotations

import random

import pytest
from pycrdt import Doc, Text

from server.domain.text.content import Block, Run
from server.domain.text.live_text import LiveBlock, fix_content
from server.sync.projection import compact_updates, load_doc, project, read_text, seed_update
from tests.sync.yjs_updates import histories


def text_of(*parts: tuple[str, dict[str, object]]) -> list[dict[str, object]]:
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    for words, attributes in parts:
        text.insert(len(text), words, attributes)
    return [block.to_json() for block in project(doc)]


def block(kind: str, level: int, *runs: tuple[str, dict[str, object]], **sug: object) -> dict[str, object]:
    return {"kind": kind, "level": level, "sug": sug, "runs": [{"t": t, "m": m} for t, m in runs]}


def end(kind: str) -> tuple[str, dict[str, object]]:
    return "\n", {"b": kind}


def test_umlauts_emoji_and_combining_marks_keep_their_places() -> None:
    heading = (("Ö👩‍👩‍👧e\u0301", {}), ("ß", {"strong": True}))
    read = text_of(*heading, end("heading:2"), ("§ 54", {}), end("clause:3"))
    assert read == [
        block("heading", 2, *heading),
        block("clause", 3, ("§ 54", {})),
    ]


def test_a_hard_break_stays_inside_its_run() -> None:
    assert text_of(("oben\u2028unten", {}), end("quote:0")) == [block("quote", 0, ("oben\u2028unten", {}))]


def test_text_without_a_final_line_feed_is_a_paragraph() -> None:
    assert text_of(("Titel", {}), end("heading:1"), ("Rest", {})) == [
        block("heading", 1, ("Titel", {})),
        block("paragraph", 0, ("Rest", {})),
    ]


def test_no_text_is_one_empty_paragraph() -> None:
    assert text_of() == [block("paragraph", 0)]


def test_empty_blocks_stay() -> None:
    assert text_of(end("clause:1"), end("paragraph:0")) == [block("clause", 1), block("paragraph", 0)]


@pytest.mark.parametrize(
    "kind", ["heading:0", "heading:4", "paragraph:1", "table:1", "heading", "", "heading:1 "]
)
def test_an_unknown_kind_shows_as_a_paragraph_and_is_not_fixed(kind: str) -> None:
    doc: Doc[Text] = Doc()
    doc.get("text", type=Text).insert(0, "\n", {"b": kind})
    assert project(doc) == (LiveBlock("paragraph", 0, (), {}, frozenset({f"b {kind}"})),)


def test_unknown_attributes_are_named_not_shown() -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    text.insert(0, "rot", {"color": "red", "em": True})
    text.insert(3, "\n", {"b": "paragraph:0", "align": "left"})
    (only,) = project(doc)
    assert only.to_json() == block("paragraph", 0, ("rot", {"em": True}))
    assert only.unknown == {"color", "align"}


def test_what_is_out_of_place_is_passed_over() -> None:
    read = text_of(("x", {"b": "heading:1"}), ("\n", {"b": "paragraph:0", "strong": True, "comment:1": "o"}))
    assert read == [block("paragraph", 0, ("x", {}))]


def test_runs_with_equal_marks_are_joined() -> None:
    read = text_of(
        ("a", {"color": "red"}), ("b", {}), ("c", {"em": True, "strong": True}), end("paragraph:0")
    )
    assert read == [block("paragraph", 0, ("ab", {}), ("c", {"em": True, "strong": True}))]


def test_suggestions_and_comments_are_read() -> None:
    by = "1|Offenburg|1781600000"
    read = text_of(
        ("neu", {"ins:a": by, "comment:c": "open"}),
        ("\n", {"b": "paragraph:0", "kind:k": f"clause:1|{by}", "del:d": by}),
    )
    assert read == [
        block(
            "paragraph",
            0,
            ("neu", {"comment:c": "open", "ins:a": by}),
            **{"del:d": by, "kind:k": f"clause:1|{by}"},
        )
    ]


def test_something_embedded_is_named() -> None:
    doc: Doc[Text] = Doc()
    doc.get("text", type=Text).insert_embed(0, {"image": "x"})
    (only,) = project(doc)
    assert only.unknown == {"embedded"}


SEED = (
    Block("heading", 1, (Run("Digitaler Appell für die Ortenau"),)),
    Block("paragraph", 0, (Run("Wir, "), Run("die Städte", strong=True), Run(" und Gemeinden,"))),
    Block(
        "clause", 1, (Run("fordern", em=True), Run("\u2028"), Run("Netze", link="https://example.org")), "1."
    ),
    Block("bullet", 2, ()),
    Block("quote", 0, (Run("Schluss 🏁"),)),
)


def test_a_seed_reads_back_as_its_blocks() -> None:
    assert fix_content(read_text([seed_update(SEED)])).blocks == SEED


def test_an_empty_seed_is_an_empty_paragraph() -> None:
    assert [b.to_json() for b in read_text([seed_update(())])] == [block("paragraph", 0)]


def test_a_long_log_reads_as_if_applied_one_by_one() -> None:
    for seed in range(30):
        updates = histories(seed, steps=60)
        one_by_one: Doc[Text] = Doc()
        for update in updates:
            one_by_one.apply_update(update)
        assert read_text(updates) == project(one_by_one)


def test_a_log_in_another_order_reads_the_same_within_a_chunk() -> None:
    """Two processes may commit in an order that is not causal."""
    for seed in range(30):
        updates = histories(seed)
        shuffled = random.Random(seed).sample(updates, len(updates))
        assert read_text(shuffled) == read_text(updates)


def test_compaction_changes_nothing_that_can_be_read() -> None:
    updates = histories(4, steps=80)
    compacted = compact_updates(updates)
    assert read_text([compacted]) == read_text(updates)
    assert load_doc([compacted]).get_state() == load_doc(updates).get_state()
    assert compacted in (compact_updates([compacted]), compacted)
