"""The text of a declaration as HTML: headings, nested lists, and an address for every clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from server.documents.edition.markup import Markup, element, joined
from server.documents.parts.content_story import label_text
from server.domain.text.content import HARD_BREAK, Block, Content, Run
from server.domain.text.nesting import Place, heading_levels, nest


def content_parts(content: Content, begin: int, end: int) -> list[Markup]:
    """The blocks from `begin` to before `end`. Lists nest as they do in the structure of the PDF."""
    story = _Story()
    ids, levels = clause_ids(content.blocks), list(heading_levels(content.blocks))
    for i, place in enumerate(nest(content.blocks)):
        if begin <= i < end:
            block = content.blocks[i]
            if place.depth:
                story.add_item(block, ids[i], place)
            else:
                story.add(_single(block, levels[i]))
    story.close(0)
    return story.parts


def clause_ids(blocks: Sequence[Block]) -> list[str]:
    """„ziffer-4-a-bb“: the printed numbers of a clause and of those above it; empty for other blocks. The
    same number once more gets a count."""
    above: list[str] = []
    found: list[str] = []
    counts: dict[str, int] = {}
    for block in blocks:
        if block.kind != "clause":
            found.append("")
            continue
        number = "".join(c for c in block.number or "" if c.isalnum())
        above = [*above[: block.level - 1], number]
        name = "-".join(("ziffer", *above))
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name}.{counts[name]}")
    return found


def runs(given: Sequence[Run]) -> Markup:
    return joined(_run(run) for run in given)


def _run(run: Run) -> Markup:
    said = Markup("<br>".join(joined([piece]) for piece in run.text.split(HARD_BREAK)))
    if run.em:
        said = element("em", said)
    if run.strong:
        said = element("strong", said)
    return element("a", said, href=run.link, rel="noopener noreferrer") if run.link else said


def _single(block: Block, level: int) -> Markup:
    if block.kind == "heading":
        return element(f"h{level}", runs(block.runs))
    words = element("p", runs(block.runs))
    return element("blockquote", words) if block.kind == "quote" else words


@dataclass(slots=True)
class _List:
    """`body` are the parts of the item that is open, `name` its address."""

    tag: str
    items: list[Markup] = field(default_factory=list)
    body: list[Markup] = field(default_factory=list)
    name: str = ""

    def begin_item(self, name: str) -> None:
        self.end_item()
        self.name = name

    def end_item(self) -> None:
        if self.body:
            self.items.append(element("li", *self.body, id=self.name))
        self.body = []


class _Story:
    """Lists are written out as they close; `open[d]` is the one at depth d + 1."""

    def __init__(self) -> None:
        self.parts: list[Markup] = []
        self._open: list[_List] = []

    def add(self, part: Markup) -> None:
        self.close(0)
        self.parts.append(part)

    def add_item(self, block: Block, name: str, place: Place) -> None:
        self.close(place.depth - place.opens)
        if place.opens:
            self._open.append(_List("ol" if block.kind == "clause" else "ul"))
        self._open[-1].begin_item(name)
        self._open[-1].body += [_label(block, name), element("p", runs(block.runs))]

    def close(self, depth: int) -> None:
        while len(self._open) > depth:
            closed = self._open.pop()
            closed.end_item()
            around = self._open[-1].body if self._open else self.parts
            around.append(element(closed.tag, *closed.items, role="list"))


def _label(block: Block, name: str) -> Markup:
    """A clause's number is the link to it."""
    label = label_text(block)
    return element("a", label, class_="n", href=f"#{name}") if name else element("span", label, class_="n")
