"""The reading page and the PDF's structure tree hold the same lists."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import chain, product
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from server.documents.parts.content_story import content_boxes
from server.documents.tagging.tree import Element
from server.domain.text.content import Block, BlockKind, Content, Run
from server.domain.text.numbering import number_clauses
from server.web.text.prose import arrange

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[3] / "templates"), extensions=["jinja2.ext.i18n"]
)
KINDS: list[tuple[BlockKind, int]] = [(kind, level) for kind in ("clause", "bullet") for level in (1, 2, 3)]
SEQUENCES = [*chain.from_iterable(product(KINDS, repeat=length) for length in (2, 3, 4))]

Tree = list["Tree"]
"""The items of a list, or the lists of an item: only the shape."""


def content_of(kinds: Sequence[tuple[BlockKind, int]]) -> Content:
    labels = number_clauses(level if kind == "clause" else None for kind, level in kinds)
    blocks = [
        Block(kind, level, (Run("x"),), label) for (kind, level), label in zip(kinds, labels, strict=True)
    ]
    return Content(tuple(blocks))


class ListReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top: Tree = []
        self.path = [self.top]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("ul", "li"):
            self.path[-1].append([])
            self.path.append(self.path[-1][-1])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "li"):
            self.path.pop()


def lists_of_page(content: Content) -> Tree:
    reader = ListReader()
    reader.feed(str(TEMPLATES.get_template("text/prose.html").module.text(arrange(content))))  # type: ignore[attr-defined]
    return reader.top


def lists_of_pdf(content: Content) -> Tree:
    section = Element("Sect")
    content_boxes(content, section)
    return _lists(section)


def _lists(element: Element) -> Tree:
    """A list's items, or the lists of anything else; an item's body is looked through."""
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    wanted = [kid for kid in kids if kid.tag in ("L", "LI")]
    bodies = [below for kid in kids if kid.tag == "LBody" for below in _lists(kid)]
    return [_lists(kid) for kid in wanted] + bodies


def test_every_short_sequence_makes_the_same_lists() -> None:
    assert len(SEQUENCES) == 1548
    contents = [(kinds, content_of(kinds)) for kinds in SEQUENCES]
    assert [k for k, content in contents if lists_of_page(content) != lists_of_pdf(content)] == []
