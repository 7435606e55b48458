"""A text as nested lists, read in the order in which it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from server.domain.text.content import Block, BlockKind, Content, Run
from server.web.text.prose import Item, Listing, arrange


def block(kind: BlockKind, level: int, text: str) -> Block:
    return Block(kind, level, (Run(text),), f"{text}." if kind == "clause" else None)


def shape(items: Iterable[Item]) -> list[object]:
    return [(i.block.text, shape(i.children)) if i.children else i.block.text for i in items]


def read(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield item.block.text
        yield from read(item.children)


def test_subclauses_and_bullets_hang_below_their_clause() -> None:
    listing = arrange(
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
    )[0]
    assert isinstance(listing, Listing)
    assert shape(listing.items) == [("1", [("a", [("x", ["y"])]), "b"]), "2"]


def test_a_list_that_starts_deep_keeps_its_order() -> None:
    blocks = tuple(block("clause", level, str(i)) for i, level in enumerate((3, 2, 3, 1, 3, 2)))
    listing = arrange(Content(blocks))[0]
    assert isinstance(listing, Listing)
    assert list(read(listing.items)) == ["0", "1", "2", "3", "4", "5"]


def test_a_paragraph_ends_the_list() -> None:
    parts = arrange(Content((block("bullet", 1, "x"), block("paragraph", 0, "p"), block("bullet", 1, "y"))))
    assert [part.kind for part in parts] == ["list", "single", "list"]
