"""An edition read back by the standard library's parser: nothing of the writer is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"meta", "br", "wbr"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Node]:
        below = [found for kid in self.kids if isinstance(kid, Node) for found in kid.all(*tags)]
        return [self, *below] if self.tag in tags else below

    def by_class(self, name: str) -> list[Node]:
        below = [found for kid in self.kids if isinstance(kid, Node) for found in kid.by_class(name)]
        return [self, *below] if name in self.attributes.get("class", "").split() else below

    @property
    def text(self) -> str:
        """A line break as in the text."""
        if self.tag == "br":
            return "\u2028"
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("#document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].kids.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].kids.append(data)


def parse(html: bytes) -> Node:
    parser = _Parser()
    parser.feed(html.decode())
    parser.close()
    [document] = parser.open
    return document
