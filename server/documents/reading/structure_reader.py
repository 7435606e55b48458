"""From the structure tree of a file to blocks of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from pikepdf import Array, Object, Pdf

from server.documents.reading.page_text import Piece
from server.documents.tagging.tree import MarkedContent
from server.domain.text.content import Run

ReadKind = Literal["paragraph", "heading", "item", "quote", "cell", "figure"]
_MAX_DEPTH: Final = 40
_MAX_ELEMENTS: Final = 40_000  # visits, with those of marked content; 51 names and 4 pages take 800
_MAX_LETTERS: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """`section` is the title of the section around, `level` that of a heading, or how deep a list item is
    nested. `label` is the printed label of an item. A figure's text is its description.
    """

    section: str
    kind: ReadKind
    level: int
    label: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Place:
    section: str = ""
    kind: ReadKind = "paragraph"
    level: int = 0
    label: str = ""


class StructureReader:
    """Walks the tree once."""

    def __init__(self, pdf: Pdf, pieces: Mapping[MarkedContent, Sequence[Piece]]) -> None:
        self.root = pdf.Root.get("/StructTreeRoot")
        self.pieces = pieces
        self.pages = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        self.seen = 0
        self.letters = 0

    def blocks(self) -> Iterator[ReadBlock]:
        """Raises ValueError for a file without structure, or one that is too deep or too large."""
        if self.root is None:
            raise ValueError("the file has no structure")
        for kid in self._kids(self.root):
            yield from self._walk(kid, _Place(), 0)

    def _walk(self, element: Object, place: _Place, depth: int) -> Iterator[ReadBlock]:
        if depth > _MAX_DEPTH:
            raise ValueError("the structure is too deep or too large")
        tag = _tag(element)
        if tag in ("Lbl", ""):
            return
        if tag == "P" or (len(tag) == 2 and tag[0] == "H" and tag[1].isdigit()):
            yield self._block(element, tag, place)
        elif tag == "Figure":
            yield ReadBlock(place.section, "figure", 0, "", (self._run(str(element.get("/Alt", ""))),))
        else:
            yield from self._children(element, self._inside(element, tag, place), depth)

    def _children(self, element: Object, place: _Place, depth: int) -> Iterator[ReadBlock]:
        for kid in self._kids(element):
            yield from self._walk(kid, place, depth + 1)
            if place.label and _tag(kid) == "P":
                place = replace(place, label="")  # only an item's first paragraph carries its label

    def _inside(self, element: Object, tag: str, place: _Place) -> _Place:
        if tag == "Sect":
            return replace(place, section=str(element.get("/T", "")))
        if tag == "L":
            return replace(place, kind="item", level=place.level + 1, label="")
        if tag == "LI":
            return replace(place, label="".join(self._label(kid) for kid in self._kids(element)))
        if tag == "BlockQuote":
            return replace(place, kind="quote")
        return replace(place, kind="cell") if tag in ("TH", "TD") else place

    def _label(self, element: Object) -> str:
        if _tag(element) != "Lbl":
            return ""
        return "".join(run.text for run in self._runs(element, None))

    def _block(self, element: Object, tag: str, place: _Place) -> ReadBlock:
        runs = merged(self._runs(element, None))
        if tag == "P":
            return ReadBlock(place.section, place.kind, place.level, place.label, runs)
        return ReadBlock(place.section, "heading", int(tag[1]), "", runs)

    def _runs(self, element: Object, link: str | None) -> Iterator[Run]:
        page = element.get("/Pg")
        if "/ActualText" in element:
            yield self._run(str(element.ActualText), link=link)
            return
        for kid in self._raw_kids(element):
            if not isinstance(kid, Object):
                yield from self._content(page, int(kid), link)
            elif kid.get("/Type") == "/MCR":
                yield from self._content(kid.get("/Pg", page), int(kid.MCID), link)
            elif _tag(kid) in ("Link", "Span"):
                yield from self._runs(kid, _address(kid) if _tag(kid) == "Link" else link)

    def _content(self, page: Object | None, mcid: int, link: str | None) -> Iterator[Run]:
        if page is None or page.objgen not in self.pages:
            raise ValueError("marked content without a page")
        for piece in self.pieces.get(MarkedContent(self.pages[page.objgen], mcid), ()):
            yield self._run(piece.text, piece.strong, piece.em, link)

    def _run(self, text: str, strong: bool = False, em: bool = False, link: str | None = None) -> Run:
        self.letters += len(text)
        if self.letters > _MAX_LETTERS:
            raise ValueError("the structure is too deep or too large")
        return Run(text, strong, em, link)

    def _kids(self, element: Object) -> Iterator[Object]:
        return (kid for kid in self._raw_kids(element) if isinstance(kid, Object) and "/S" in kid)

    def _raw_kids(self, element: Object) -> list[Object | int]:
        """One element can be met on many ways, so its kids count each time."""
        kids = _raw_kids(element)
        self.seen += len(kids)
        if self.seen > _MAX_ELEMENTS:
            raise ValueError("the structure is too deep or too large")
        return kids


def _tag(element: Object) -> str:
    return str(element.get("/S", ""))[1:] if element.get("/Type") == "/StructElem" else ""


def _address(link: Object) -> str:
    """Where a Link leads; two annotations of one Link must agree."""
    found = {str(kid.Obj.A.URI) for kid in _raw_kids(link) if isinstance(kid, Object) and "/Obj" in kid}
    if len(found) != 1:
        raise ValueError("a link without one address")
    return found.pop()


def _raw_kids(element: Object) -> list[Object | int]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Peers of one look become one run, empty ones disappear."""
    looks = groupby((run for run in runs if run.text), key=lambda run: (run.strong, run.em, run.link))
    return tuple(Run("".join(run.text for run in group), *look) for look, group in looks)
