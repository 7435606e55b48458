"""A text as nested lists, read in the order in which it was written."""

from __future__ import annotations

from collections.abc import Iterable

from server.domain.text.content import Block, BlockKind, Content, Run
from server.web.text.prose import Item, Listing, Single, arrange


def block(kind: BlockKind, level: int, text: str) -> Block:
    return Block(kind, level, (Run(text),), f"{text}." if kind == "clause" else None)


def shape(items: Iterable[Item]) -> list[object]:
    """Each item as its text, with the lists below it where there are any."""
    return [
        (i.block.text, *(shape(below.items) for below in i.lists)) if i.lists else i.block.text for i in items
    ]


def lists(parts: Iterable[Single | Listing]) -> list[list[object]]:
    return [shape(part.items) for part in parts if isinstance(part, Listing)]


def test_subclauses_and_bullets_hang_below_their_clause() -> None:
    parts = arrange(
        Content(
            (
                block("clause", 1, "1"),
                block("clause", 2, "a"),
                block("bullet", 1, "x"),
                block("bullet", 2, "y"),
                block("clause", 2, "b"),
                block("clause", 1, "2"),
            )
        )
    )
    assert lists(parts) == [[("1", [("a", [("x", ["y"])]), "b"]), "2"]]


def test_bullets_and_subclauses_of_one_clause_are_two_lists() -> None:
    kinds: list[tuple[BlockKind, int]] = [("clause", 1), ("bullet", 1), ("clause", 2)]
    parts = arrange(Content(tuple(block(kind, level, str(i)) for i, (kind, level) in enumerate(kinds))))
    assert lists(parts) == [[("0", ["1"], ["2"])]]


def test_a_list_that_starts_deep_keeps_its_order() -> None:
    blocks = tuple(block("clause", level, str(i)) for i, level in enumerate((3, 2, 3, 1, 3, 2)))
    assert lists(arrange(Content(blocks))) == [["0"], [("1", ["2"])], [("3", ["4"], ["5"])]]


def test_a_paragraph_ends_the_list() -> None:
    parts = arrange(Content((block("bullet", 1, "x"), block("paragraph", 0, "p"), block("bullet", 1, "y"))))
    assert [part.kind for part in parts] == ["list", "single", "list"]
