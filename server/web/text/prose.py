"""A text's blocks as nested parts for the template: real headings, real lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal

from server.domain.text.content import HARD_BREAK, Block, Content, Run

LISTED: Final = frozenset({"clause", "bullet"})


@dataclass(slots=True)
class Item:
    """A clause or bullet with what is listed below it."""

    block: Block
    children: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Single:
    """A paragraph, heading or quotation."""

    block: Block
    kind: Literal["single"] = "single"


@dataclass(frozen=True, slots=True)
class Listing:
    """Clauses or bullets that follow each other; a bullet below a clause is the clause's child."""

    items: Sequence[Item]
    kind: Literal["list"] = "list"


def arrange(content: Content) -> list[Single | Listing]:
    parts: list[Single | Listing] = []
    for listed, group in groupby(content.blocks, key=lambda block: block.kind in LISTED):
        blocks = list(group)
        parts += [Listing(nest(blocks))] if listed else [Single(block) for block in blocks]
    return parts


def nest(blocks: Sequence[Block]) -> list[Item]:
    """By depth; a block that is deeper than the one before it hangs below it, whatever its level says."""
    top: list[Item] = []
    open_items: list[tuple[int, Item]] = []
    for block in blocks:
        item, depth = Item(block), _depth(block, open_items)
        while open_items and open_items[-1][0] >= depth:
            open_items.pop()
        (open_items[-1][1].children if open_items else top).append(item)
        open_items.append((depth, item))
    return top


def _depth(block: Block, open_items: Sequence[tuple[int, Item]]) -> int:
    """Bullets below a clause count from that clause on."""
    if block.kind == "clause":
        return block.level
    clauses = [depth for depth, item in open_items if item.block.kind == "clause"]
    return block.level + max(clauses, default=0)


def pieces(run: Run) -> list[str]:
    """A run's text between its hard breaks."""
    return run.text.split(HARD_BREAK)
