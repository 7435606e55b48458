"""Flat blocks become real lists."""

from __future__ import annotations

from server.documents.reading.read_back import ReadBlock, read_text
from server.documents.render import render_document
from server.domain.text.content import Block
from server.domain.text.nesting import Place, heading_levels, nest
from tests.documents import document_examples as examples


def places(*items: str) -> list[tuple[int, bool]]:
    """`c1` is a clause of level 1, `b2` a bullet of level 2, `p` a paragraph."""
    kinds = {"c": "clause", "b": "bullet", "p": "paragraph"}
    blocks = [Block(kinds[item[0]], int(item[1:] or 0), (), None) for item in items]  # type: ignore[arg-type]
    return [(place.depth, place.opens) for place in nest(blocks)]


def test_levels_nest_and_return() -> None:
    assert places("c1", "c2", "c3", "c2", "c1") == [(1, True), (2, True), (3, True), (2, False), (1, False)]


def test_bullets_nest_in_the_clause_before_them() -> None:
    assert places("c1", "b1", "b2", "b1", "c2", "c1") == [
        (1, True),
        (2, True),
        (3, True),
        (2, False),
        (2, True),
        (1, False),
    ]


def test_a_paragraph_closes_all_lists() -> None:
    assert places("c1", "p", "c1", "b1", "p", "b1") == [
        (1, True),
        (0, False),
        (1, True),
        (2, True),
        (0, False),
        (1, True),
    ]


def test_a_list_that_begins_deep_can_return() -> None:
    assert places("c3", "c1", "c3") == [(1, True), (1, True), (2, True)]


def test_no_heading_level_is_skipped() -> None:
    headings = [Block("heading", level, ()) for level in (3, 3, 1, 3, 2)]
    assert list(heading_levels(headings)) == [1, 2, 1, 2, 2]


def test_a_list_that_continues_after_a_heading_keeps_its_numbers() -> None:
    content = examples.numbered(
        [
            examples.block("heading", 1, "Titel"),
            examples.block("clause", 1, "Eins"),
            examples.block("heading", 2, "Zwischen"),
            examples.block("clause", 1, "Zwei"),
        ]
    )
    blocks: tuple[ReadBlock, ...] = read_text(render_document(examples.final(content, ())))
    assert [(block.label, block.text) for block in blocks if block.kind == "item"] == [
        ("1.", "Eins"),
        ("2.", "Zwei"),
    ]
    assert Place(1, opens=True) == list(nest(content.blocks))[3]
