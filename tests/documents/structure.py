"""What validators ignore: page contents, structure tree and parent tree must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf

from server.documents.reading.page_text import UNKNOWN, Piece, read_pages
from server.documents.reading.safe_streams import open_pdf
from server.documents.tagging.tree import MarkedContent

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_MAX_DEPTH: Final = 40
_ROWS: Final = frozenset({"/THead", "/TBody", "/TFoot"})


def check_structure(pdf: bytes) -> list[str]:
    """Faults as sentences, empty if there are none. Raises ValueError for what is no PDF."""
    with open_pdf(pdf) as opened:
        pieces, faults = read_pages(opened)
        if "/StructTreeRoot" not in opened.Root:
            return [*faults, "there is no structure tree"]
        if any(UNKNOWN in piece.text for found in pieces.values() for piece in found):
            faults.append("a glyph has no Unicode value")
        checker = _TreeChecker(opened, pieces)
        return [*faults, *_catalogue(opened), *checker.check()]


def _catalogue(pdf: Pdf) -> Iterator[str]:
    if not _LANGUAGE.fullmatch(str(pdf.Root.get("/Lang", ""))):
        yield "the language is missing or malformed"
    if "/Outlines" not in pdf.Root:
        yield "there are no bookmarks"
    fields = pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array())
    for field in list(fields):
        if not str(field.get("/TU", "")) or "/AP" not in field:
            yield f"field {field.get('/T')} has no description or no appearance"


class _TreeChecker:
    """Walks the structure tree once and compares it with the parent tree."""

    def __init__(self, pdf: Pdf, pieces: Mapping[MarkedContent, list[Piece]]) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.marked = set(pieces)
        self.pages = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        self.parents = _parent_tree(self.root)
        self.used: set[MarkedContent] = set()
        self.annotations: set[tuple[int, int]] = set()
        self.faults: list[str] = []
        self.heading = 0

    def check(self) -> list[str]:
        for kid in _kids(self.root):
            if isinstance(kid, Object):
                self._element(kid, self.root, 0)
        if left := self.marked - self.used:
            self.faults.append(f"marked content outside the structure tree: {min(left)}")
        self._pages()
        return self.faults

    def _element(self, element: Object, parent: Object, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ValueError("the structure is too deep")
        if element.P.objgen != parent.objgen:
            self.faults.append(f"{element.S} names another parent")
        self._heading(str(element.S))
        if element.S == "/Table":
            self._table(element)
        for kid in _kids(element):
            self._kid(kid, element, depth)

    def _kid(self, kid: Object | int, element: Object, depth: int) -> None:
        if not isinstance(kid, Object):
            self._content(element.get("/Pg"), int(kid), element)
        elif kid.get("/Type") == "/MCR":
            self._content(kid.get("/Pg", element.get("/Pg")), int(kid.MCID), element)
        elif kid.get("/Type") == "/OBJR":
            self._annotation(kid.Obj, element)
        else:
            self._element(kid, element, depth + 1)

    def _content(self, page: Object | None, mcid: int, element: Object) -> None:
        if page is None or page.objgen not in self.pages:
            self.faults.append(f"{element.S} has content on no page")
            return
        marked = MarkedContent(self.pages[page.objgen], mcid)
        if marked in self.used or marked not in self.marked:
            self.faults.append(f"{marked} is missing or belongs to two elements")
        self.used.add(marked)
        owners = self.parents.get(int(page.get("/StructParents", -1)))
        if not isinstance(owners, Array) or len(owners) <= mcid or owners[mcid].objgen != element.objgen:
            self.faults.append(f"the parent tree has another owner of {marked}")

    def _annotation(self, annotation: Object, element: Object) -> None:
        self.annotations.add(annotation.objgen)
        owner = self.parents.get(int(annotation.get("/StructParent", -1)))
        if owner is None or isinstance(owner, Array) or owner.objgen != element.objgen:
            self.faults.append(f"the parent tree has another owner of an annotation of {element.S}")

    def _heading(self, tag: str) -> None:
        if re.fullmatch("/H[1-6]", tag):
            if int(tag[2]) > self.heading + 1:
                self.faults.append(f"{tag} skips a level")
            self.heading = int(tag[2])

    def _table(self, table: Object) -> None:
        rows = [row for part in _elements(table) if part.S in _ROWS for row in _elements(part)]
        if len({len(list(_elements(row))) for row in rows}) != 1:
            self.faults.append("a table has rows of different length")

    def _pages(self) -> None:
        """Keys of pages are their own; every annotation stands in the tree."""
        keys = [int(page.obj.get("/StructParents", -1)) for page in self.pdf.pages]
        if -1 in keys or len(set(keys)) != len(keys):
            self.faults.append("pages without a key of their own in the parent tree")
        for i, page in enumerate(self.pdf.pages, 1):
            if page.obj.get("/Tabs") != "/S":
                self.faults.append(f"page {i}: the order of tabs is not that of the structure")
            for annotation in list(page.obj.get("/Annots", Array())):
                if annotation.objgen not in self.annotations:
                    self.faults.append(f"page {i}: an annotation outside the structure tree")


def _parent_tree(root: Object) -> dict[int, Object]:
    numbers = list(root.get("/ParentTree", Dictionary()).get("/Nums", Array()))
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _kids(element: Object) -> list[Object | int]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(element: Object) -> Iterator[Object]:
    return (kid for kid in _kids(element) if isinstance(kid, Object) and "/S" in kid)
