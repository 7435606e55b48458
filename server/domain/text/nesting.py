"""Real lists out of flat blocks: which items nest in which, on the page, in the PDF's structure tree
(ISO 32000-1, 14.8.4.3.3) and for who reads it back.

Sealed documents are compared with what this module says: another answer for the same blocks would make them
fail their check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from server.domain.text.content import Block

LISTS: Final = frozenset({"clause", "bullet"})


@dataclass(frozen=True, slots=True)
class Place:
    """`depth` 0 is outside any list; `opens` says that the item begins a new list at that depth."""

    depth: int
    opens: bool


def nest(blocks: Iterable[Block]) -> Iterator[Place]:
    """One place a block.

    A list holds items of one kind and level. A higher level, or a bullet after a clause, opens a list in the
    item before it, one depth further whatever the level: nothing stands in for levels that were skipped. A
    clause never lies in a bullet. A block that is no item closes all lists.
    """
    stack: list[tuple[str, int]] = []
    for block in blocks:
        if block.kind not in LISTS:
            stack.clear()
            yield Place(0, opens=False)
            continue
        item = (block.kind, block.level)
        while stack and stack[-1] != item and not _holds(stack[-1], item):
            stack.pop()
        opens = not stack or stack[-1] != item
        if opens:
            stack.append(item)
        yield Place(len(stack), opens)


def _holds(outer: tuple[str, int], inner: tuple[str, int]) -> bool:
    if outer[0] == inner[0]:
        return outer[1] < inner[1]
    return outer[0] == "clause"


def heading_levels(blocks: Iterable[Block]) -> Iterator[int]:
    """Levels for the structure: the same as in the text, but never a level skipped on the way down
    (ISO 14289-1, 7.4.2). 0 for a block that is no heading.
    """
    last = 0
    for block in blocks:
        if block.kind == "heading":
            last = min(block.level, last + 1)
            yield last
        else:
            yield 0
