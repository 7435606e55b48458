"""ReportLab's canvas with marked content: what is painted belongs to an element or is an artifact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Literal

from reportlab.pdfgen.canvas import Canvas

from server.documents.tagging.tree import (
    Element,
    LinkArea,
    MarkedContent,
    OutlineEntry,
    Rectangle,
    SignatureField,
)
from server.documents.typeset.letters.faces import Faces, Style

Colour = tuple[float, float, float]
ArtifactKind = Literal[
    "Layout", "Pagination /Subtype /Header", "Pagination /Subtype /Footer", "Pagination /Subtype /Watermark"
]


def number(value: float) -> str:
    """A PDF number with at most three decimals, without a needless zero."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no type information
    """Collects what the structure writer needs beside the pages: contents by page, links, fields, outline."""

    def __init__(self, out: IO[bytes], faces: Faces, size: tuple[float, float]) -> None:
        self.faces = faces
        self.contents: list[list[Element]] = [[]]
        self.links: list[LinkArea] = []
        self.fields: list[SignatureField] = []
        self.outline: list[OutlineEntry] = []
        self._codes: dict[tuple[Style, str], tuple[str, str]] = {}
        super().__init__(out, pagesize=size, pageCompression=0, invariant=1)

    def _make_preamble(self) -> None:
        """ReportLab would begin every page with Helvetica, which is not embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def page_index(self) -> int:
        return len(self.contents) - 1

    def next_page(self) -> None:
        self.showPage()
        self.contents.append([])

    def write(self, operators: str) -> None:
        self._code.append(operators)

    def begin(self, element: Element) -> None:
        """Opens a marked-content sequence of the element on this page."""
        page = self.contents[-1]
        element.kids.append(MarkedContent(self.page_index, len(page)))
        self.write(f"/{element.tag} <</MCID {len(page)}>> BDC")
        page.append(element)

    def end(self) -> None:
        self.write("EMC")

    @contextmanager
    def artifact(self, kind: ArtifactKind = "Layout") -> Iterator[None]:
        """What is painted within is decoration or page furniture."""
        self.write(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self.end()

    def code(self, style: Style, character: str) -> tuple[str, str]:
        """The font resource and the hexadecimal code of a character in it."""
        key = (style, character)
        if key not in self._codes:
            font = self.faces[style].outlines
            [(subset, code)] = font.splitString(character, self._doc)
            self._codes[key] = (font.getSubsetInternalName(subset, self._doc), code.hex())
        return self._codes[key]

    def rule(self, x: float, y: float, width: float, thickness: float, colour: Colour) -> None:
        """A filled bar whose lower edge is y."""
        self.bar((x, y, x + width, y + thickness), colour)

    def frame(self, box: Rectangle, thickness: float, colour: Colour) -> None:
        """Lines along the edges of the box."""
        left, bottom, right, top = box
        values = " ".join(number(v) for v in (left, bottom, right - left, top - bottom))
        self.write(f"{number(thickness)} w {' '.join(number(part) for part in colour)} RG {values} re S")

    def bar(self, box: Rectangle, colour: Colour) -> None:
        left, bottom, right, top = box
        values = (left, bottom, right - left, top - bottom)
        self.write(f"{fill(colour)} {' '.join(number(v) for v in values)} re f")


def fill(colour: Colour) -> str:
    return f"{' '.join(number(part) for part in colour)} rg"
