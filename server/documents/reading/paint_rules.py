"""What the pages of our documents are painted with, whatever the version of their look.

Structure says what software reads; these rules are about what people see. They are a list of what may be:
keys of catalogue, pages and annotations, operators, dark letters of a readable size on the page, thin lines
and light areas below the letters, artifacts in the margins and above tables only, our own glyphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from server.documents.reading.glyphs import foreign_glyphs
from server.documents.reading.page_text import MAX_PAGE, MAX_PAGES, UNKNOWN, characters, codes
from server.documents.reading.safe_streams import Unpacker, open_pdf
from server.documents.reading.surface import Area, Surface
from server.documents.tagging.tree import Rectangle
from server.documents.typeset.styles import PAGE
from server.documents.wording import COLUMNS, CONTINUED, GROUPS

_CATALOG: Final = frozenset(
    {"/AF", "/AcroForm", "/DSS", "/Extensions", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines"}
    | {"/OutputIntents", "/PageLabels", "/PageMode", "/Pages", "/Perms", "/StructTreeRoot", "/Type"}
    | {"/Version", "/ViewerPreferences"}
)
_PAGE: Final = frozenset(
    {"/Annots", "/Contents", "/MediaBox", "/Parent", "/Resources", "/Rotate", "/StructParents", "/Tabs"}
    | {"/Trans", "/Type"}
)
_RESOURCES: Final = frozenset({"/Font", "/ProcSet"})
_LINK: Final = frozenset({"/A", "/BS", "/Contents", "/F", "/Rect", "/StructParent", "/Subtype", "/Type"})
_OPERATORS: Final = frozenset(
    {"BT", "ET", "Tm", "Tf", "TJ", "BDC", "BMC", "EMC", "re", "f", "S", "w", "rg", "RG", "cm"}
)
_IDENTITY: Final = [1, 0, 0, 1]
_SMALLEST: Final = 5.0
"""Points; the smallest letters of ours have 7."""
_LARGEST: Final = 40.0
_LARGEST_ARTIFACT: Final = 12.0
_DARKEST_PAPER: Final = 0.5
"""Luminance: letters are darker, areas below letters are lighter."""
_MARGIN: Final = 80.0
"""Points from the upper and lower edge in which words may be artifacts."""
_REPEATED: Final = frozenset(
    " ".join((*COLUMNS, *(CONTINUED.format(group=plural) for _, plural in GROUPS.values()))).split()
)
"""Words that a table repeats as artifacts on each of its pages."""
_THIN: Final = 5.0
"""Points: what is thinner is a line, or a module of a QR code; neither crosses letters."""


class _Point(NamedTuple):
    x: float
    y: float


class Painted(NamedTuple):
    """`strange` is what the pages have that ours have not, as parts of a sentence in English; `furniture` are
    the words in the margins; `pages` is their number."""

    strange: list[str]
    furniture: list[str]
    pages: int


def read_paint(pdf: bytes) -> Painted:
    """Raises ValueError for what is no PDF, or too large."""
    furniture: list[str] = []
    with open_pdf(pdf) as opened:
        strange = list(_strange(opened, furniture))
        return Painted(strange, "".join(furniture).split(), len(opened.pages))


def _strange(pdf: Pdf, furniture: list[str]) -> Iterator[str]:
    if not set(pdf.Root.keys()) <= _CATALOG:
        yield "something in the catalogue"
    unpacker = Unpacker(MAX_PAGES)
    fonts: dict[tuple[int, int], Object] = {}
    places = [page.obj.get("/StructParents") for page in pdf.pages]
    if None in places or len(set(places)) != len(places):
        yield "a page that has no place of its own in the structure"
    for number, page in enumerate(pdf.pages, 1):
        yield from (f"{what} on page {number}" for what in _strange_page(page.obj, unpacker, furniture))
        found = page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
        fonts |= {found[key].objgen: found[key] for key in found.keys()}  # noqa: SIM118  # pikepdf dictionaries iterate over nothing else
    if len(set(_targets(pdf))) > 1:
        yield "links to different places"
    for font in fonts.values():
        yield from foreign_glyphs(font, unpacker)


def _targets(pdf: Pdf) -> Iterator[bytes]:
    """Where the links lead; all of ours lead to the one address of the verification."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            if annotation.get("/Subtype") == Name.Link:
                yield annotation.get("/A", Dictionary()).unparse(resolved=True)


def _strange_page(page: Object, unpacker: Unpacker, furniture: list[str]) -> Iterator[str]:
    box = [float(value) for value in page.get("/MediaBox", Array())]
    if not set(page.keys()) <= _PAGE or page.get("/Rotate", 0) != 0:
        yield "something that no page of ours has"
    if len(box) != 4 or any(abs(a - b) > 0.01 for a, b in zip(box, (0, 0, *PAGE), strict=True)):
        yield "another size"
    if not set(page.get("/Resources", Dictionary()).keys()) <= _RESOURCES:
        yield "more than fonts"
    for annotation in page.get("/Annots", Array()):
        if not _is_ours(annotation):
            yield "an annotation"
    yield from _Painter(page, unpacker, furniture).faults()


def _is_ours(annotation: Object) -> bool:
    if annotation.get("/Subtype") == Name.Link:
        border = annotation.get("/BS", Dictionary())
        return set(annotation.keys()) <= _LINK and dict(border.items()) == {"/W": 0}
    if annotation.get("/Subtype") != Name.Widget or annotation.get("/FT") != Name.Sig:
        return False
    left, bottom, right, top = (float(value) for value in annotation.Rect)
    is_nowhere = left == right and bottom == top
    return is_nowhere or str(annotation.get("/T", "")) in ("Siegel", "Unterschrift")


class _Painter:
    """Follows the operators of one page."""

    def __init__(self, page: Object, unpacker: Unpacker, furniture: list[str]) -> None:
        self._page = page
        self._unpacker = unpacker
        self._furniture = furniture
        self._fill: Sequence[float] = (0, 0, 0)
        self._at = _Point(-1, -1)
        self._font = ""
        self._size = 0.0
        self._tables: dict[tuple[int, int], dict[int, str]] = {}
        self._known_widths: dict[tuple[int, int], Sequence[float]] = {}
        self._stroke: Sequence[float] = (0, 0, 0)
        self._line = 1.0
        self._paths: list[Rectangle] = []
        self._surface = Surface()
        self._artifacts: list[bool] = []

    def faults(self) -> Iterator[str]:
        contents = self._page.get("/Contents", Array())
        parts = list(contents) if isinstance(contents, Array) else [contents]
        joined = b"\n".join(self._unpacker.unpack(part, MAX_PAGE) for part in parts)
        with pikepdf.new() as scratch:
            for instruction in pikepdf.parse_content_stream(scratch.make_stream(joined)):
                if not isinstance(instruction, pikepdf.ContentStreamInstruction):
                    yield "an image"
                    return
                operator = str(instruction.operator)
                if operator not in _OPERATORS:
                    yield f"the operator {operator}"
                    return
                yield from self._step(operator, list(instruction.operands))

    def _step(self, operator: str, given: Sequence[Object]) -> Iterator[str]:
        self._remember(operator, given)
        if operator in ("BDC", "BMC"):
            self._artifacts.append(str(given[0]) == "/Artifact")
            if len(given) > 1 and not isinstance(given[1], Dictionary):
                yield "a layer"
        elif operator == "EMC" and self._artifacts:
            self._artifacts.pop()
        elif operator in ("Tm", "cm") and not _is_plain(operator, _numbers(given)):
            yield "something moved or scaled"
        elif operator == "TJ":
            yield from self._show(given[0])
        elif operator in ("f", "S"):
            yield from self._paint(operator)

    def _remember(self, operator: str, given: Sequence[Object]) -> None:
        if operator == "BT":
            self._at = _Point(0, 0)
        elif operator == "ET":
            self._furniture.append(" ")
        elif operator == "rg":
            self._fill = _numbers(given)
        elif operator == "RG":
            self._stroke = _numbers(given)
        elif operator == "w":
            [self._line] = _numbers(given)
        elif operator == "Tf":
            self._font, self._size = str(given[0]), float(given[1])
        elif operator == "Tm":
            self._at = _Point(*_numbers(given[4:]))
        elif operator == "re":
            x, y, width, height = _numbers(given)
            xs, ys = sorted((x, x + width)), sorted((y, y + height))
            self._paths.append((xs[0], ys[0], xs[1], ys[1]))

    def _show(self, shown: Object) -> Iterator[str]:
        width, height = PAGE
        begin, end = self._at, self._at.x + self._advance(shown)
        self._at = _Point(end, begin.y)
        if _luminance(self._fill) > _DARKEST_PAPER:
            yield "pale letters"
        if not _SMALLEST <= self._size <= _LARGEST:
            yield "tiny or huge letters"
        if not (0 < begin.x < width and 0 < begin.y < height and end < width) or _reach(shown) > 3 * 1000:
            yield "letters off the page"
        yield from self._surface.write(begin.x, end, begin.y, self._size)
        if any(self._artifacts):
            words = self._read(shown)
            if self._size > _LARGEST_ARTIFACT:
                yield "large words that belong to nothing"
            elif not _MARGIN < begin.y < height - _MARGIN:
                self._furniture.append(words)
            elif not set(words.split()) <= _REPEATED:
                yield "words that belong to nothing"

    def _read(self, shown: Object) -> str:
        font = self._page.Resources.Font[self._font]
        if font.objgen not in self._tables:
            self._tables[font.objgen] = characters(self._unpacker.unpack(font.ToUnicode))
        return "".join(self._tables[font.objgen].get(code, UNKNOWN) for code in codes(shown))

    def _advance(self, shown: Object) -> float:
        """Points to the right, by the widths of the font, which are held against our own."""
        widths = self._widths(self._page.Resources.Font[self._font])
        moved = sum(float(part) for part in shown if isinstance(part, int | Decimal | float))
        return (sum(widths[code] for code in codes(shown)) - moved) * self._size / 1000

    def _widths(self, font: Object) -> Sequence[float]:
        if font.objgen not in self._known_widths:
            self._known_widths[font.objgen] = _numbers(font.Widths)
        return self._known_widths[font.objgen]

    def _paint(self, operator: str) -> Iterator[str]:
        paths, self._paths = self._paths, []
        if operator == "S" and self._line > _THIN:
            yield "a thick line"
        is_dark = _luminance(self._stroke if operator == "S" else self._fill) < _DARKEST_PAPER
        for path in paths:
            if operator == "f" and is_dark and min(path[2] - path[0], path[3] - path[1]) >= _THIN:
                yield "a dark area"
            for box in _frame(path, self._line / 2) if operator == "S" else [path]:
                yield from self._surface.paint(Area(box, is_dark))


def _frame(box: Rectangle, half: float) -> list[Rectangle]:
    """The lines along the edges of the box, as areas."""
    left, bottom, right, top = box
    upright = [(x - half, bottom - half, x + half, top + half) for x in (left, right)]
    level = [(left - half, y - half, right + half, y + half) for y in (bottom, top)]
    return upright + level


def _is_plain(operator: str, given: Sequence[float]) -> bool:
    return list(given[:4]) == _IDENTITY and (operator == "Tm" or list(given[4:]) == [0, 0])


def _reach(shown: Object) -> float:
    """The largest gap in a line, in 1/1000 of the size."""
    parts = list(shown) if isinstance(shown, Array) else []
    return max((abs(float(part)) for part in parts if isinstance(part, int | Decimal | float)), default=0)


def _numbers(given: Iterable[Object]) -> list[float]:
    return [float(value) for value in given]


def _luminance(colour: Sequence[float]) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
