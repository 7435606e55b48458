"""How people name a block of a text on the phone: clause 7 b), the second paragraph below a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.text.content import Block, BlockKind, Content, plain


@dataclass(frozen=True, slots=True)
class Place:
    """`number`: of a clause with those above it ("7 b"), else the count below its heading. `heading`: the
    last one above below the title's level, empty before the first."""

    kind: BlockKind
    number: str
    heading: str


def name_places(content: Content) -> list[Place]:
    """One for each block."""
    places: list[Place] = []
    heading, counts, clauses = "", dict[str, int](), list[str]()
    for block in content.blocks:
        if block.kind == "heading":
            words = plain(block.text)
            heading, counts = words if block.level > 1 else "", {}
            places.append(Place("heading", "", words))
        elif block.kind == "clause":
            clauses = [*clauses[: block.level - 1], (block.number or "").rstrip(".)")]
            places.append(Place("clause", " ".join(clauses), heading))
        else:
            counts[block.kind] = counts.get(block.kind, 0) + (1 if block.text.strip() else 0)
            places.append(Place(block.kind, str(counts[block.kind]), heading))
    return places


def spans(blocks: Sequence[Block], places: Sequence[Place]) -> tuple[str, str] | None:
    """First and last number of a stretch of nothing but clauses."""
    if not blocks or any(block.kind != "clause" for block in blocks):
        return None
    return places[0].number, places[-1].number
