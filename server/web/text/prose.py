"""A text's blocks as nested parts for the template: real headings, real lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from server.domain.text.content import Block, Content
from server.domain.text.nesting import nest


@dataclass(slots=True)
class Item:
    """A clause or bullet with the lists below it."""

    block: Block
    lists: list[Listing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Single:
    """A paragraph, heading or quotation."""

    block: Block
    kind: Literal["single"] = "single"


@dataclass(frozen=True, slots=True)
class Listing:
    """Clauses or bullets of one level that follow each other."""

    items: list[Item] = field(default_factory=list)
    kind: Literal["list"] = "list"


def arrange(content: Content) -> list[Single | Listing]:
    """The lists are those of the PDF's structure tree."""
    parts: list[Single | Listing] = []
    open_lists: list[Listing] = []
    for block, place in zip(content.blocks, nest(content.blocks), strict=True):
        del open_lists[place.depth - place.opens :]
        if not place.depth:
            parts.append(Single(block))
            continue
        if place.opens:
            opened = Listing()
            (open_lists[-1].items[-1].lists if open_lists else parts).append(opened)
            open_lists.append(opened)
        open_lists[-1].items.append(Item(block))
    return parts
