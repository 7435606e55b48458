"""A text's blocks as nested parts for the template: real headings, real lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from server.domain.text.comparing.places import name_places
from server.domain.text.content import Block, Content, Run
from server.domain.text.lines import NumberedLine
from server.domain.text.nesting import nest


@dataclass(slots=True)
class Item:
    """A clause or bullet with the lists below it. `anchor`: of a clause, for links to it."""

    block: Block
    anchor: str = ""
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
    named = name_places(content)
    for block, place, name in zip(content.blocks, nest(content.blocks), named, strict=True):
        del open_lists[place.depth - place.opens :]
        if not place.depth:
            parts.append(Single(block))
            continue
        if place.opens:
            opened = Listing()
            (open_lists[-1].items[-1].lists if open_lists else parts).append(opened)
            open_lists.append(opened)
        anchor = f"ziffer-{name.number.replace(' ', '-')}" if block.kind == "clause" else ""
        open_lists[-1].items.append(Item(block, anchor))
    return parts


@dataclass(frozen=True, slots=True)
class LineRun(Run):
    """`line`: number of the line that begins with it, 0 for none."""

    line: int = 0


def with_lines(content: Content, lines: Iterable[NumberedLine]) -> Content:
    """The same text, its runs cut where a counted line begins."""
    starts: dict[int, dict[int, int]] = {}
    for line in lines:
        starts.setdefault(line.block, {})[line.start] = line.number
    return Content(
        tuple(
            replace(block, runs=tuple(_cut(block.runs, starts.get(at, {}))))
            for at, block in enumerate(content.blocks)
        )
    )


def _cut(runs: Sequence[Run], starts: Mapping[int, int]) -> Iterator[Run]:
    begin = 0
    for run in runs:
        end = begin + len(run.text)
        cuts = [at for at in sorted(starts) if begin < at < end]
        for a, b in zip([begin, *cuts], [*cuts, end], strict=True):
            yield LineRun(run.text[a - begin : b - begin], run.strong, run.em, run.link, starts.get(a, 0))
        begin = end
