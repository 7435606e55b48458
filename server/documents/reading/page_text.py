"""Text of marked content, as any reader of the file gets it: codes, ToUnicode, ActualText."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, String

from server.documents.reading.safe_streams import Unpacker
from server.documents.tagging.tree import MarkedContent

UNKNOWN: Final = "\ufffd"
MAX_PAGE: Final = 1024 * 1024  # bytes of one page's content; a full page of ours has 20,000
MAX_PAGES: Final = 16 * 1024 * 1024  # of all pages and their fonts' tables
_MAX_NESTING: Final = 50
_ENTRY: Final = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,16})>")
_PAINTS: Final = frozenset("f F f* S s B B* b b* sh Do BI Tj TJ".split())  # noqa: SIM905  # operators read best so


class Piece(NamedTuple):
    """Text in one cut of a font."""

    text: str
    strong: bool
    em: bool


class _Font(NamedTuple):
    characters: Mapping[int, str]
    strong: bool
    em: bool


class _Fonts:
    """The fonts of a file, each read once."""

    def __init__(self, unpacker: Unpacker) -> None:
        self.unpacker = unpacker
        self._known: dict[tuple[int, int], _Font] = {}

    def load(self, font: Object) -> _Font:
        if font.objgen == (0, 0):
            return self._read(font)
        if font.objgen not in self._known:
            self._known[font.objgen] = self._read(font)
        return self._known[font.objgen]

    def _read(self, font: Object) -> _Font:
        """The cut is known by the font's name, as in a viewer's list of fonts."""
        name = str(font.get("/BaseFont", "")).rsplit("-", 1)[-1]
        table = self.unpacker.unpack(font.ToUnicode) if "/ToUnicode" in font else b""
        return _Font(characters(table), "Bold" in name, "Italic" in name)


class _Open(NamedTuple):
    """An open marked-content sequence."""

    mcid: int | None
    actual: str | None
    artifact: bool


@dataclass(slots=True)
class PageText:
    """`pieces` by MCID; `faults` are sentences about what a tagged page must not have."""

    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_pages(pdf: Pdf) -> tuple[dict[MarkedContent, list[Piece]], list[str]]:
    """The pieces of all pages, and the faults with their page (counted from 1). Raises ValueError for more
    content than any declaration has."""
    fonts = _Fonts(Unpacker(MAX_PAGES))
    found: dict[MarkedContent, list[Piece]] = {}
    faults: list[str] = []
    for i, page in enumerate(pdf.pages):
        read = _PageReader(page.obj, fonts).read()
        found.update({MarkedContent(i, mcid): pieces for mcid, pieces in read.pieces.items()})
        faults += [f"page {i + 1}: {fault}" for fault in read.faults]
    return found, faults


class _PageReader:
    def __init__(self, page: Object, fonts: _Fonts) -> None:
        self.page = page
        self.fonts = fonts
        self.resources = page.Resources.get("/Font", Dictionary())
        self.font = _Font({}, strong=False, em=False)
        self.stack: list[_Open] = []
        self.out = PageText()

    def read(self) -> PageText:
        for instruction in self._instructions():
            self._step(str(instruction.operator), instruction.operands)
        if self.stack:
            self._fault("marked content is not closed")
        return self.out

    def _instructions(self) -> Iterator[pikepdf.ContentStreamInstruction]:
        contents = self.page.get("/Contents", Array())
        parts = list(contents) if isinstance(contents, Array) else [contents]
        page = Unpacker(min(MAX_PAGE, self.fonts.unpacker.left))
        joined = b"\n".join(page.unpack(part) for part in parts)
        self.fonts.unpacker.left = self.fonts.unpacker.left - len(joined)
        with pikepdf.new() as scratch:
            for instruction in pikepdf.parse_content_stream(scratch.make_stream(joined)):
                if isinstance(instruction, pikepdf.ContentStreamInstruction):
                    yield instruction

    def _step(self, operator: str, given: Iterable[Object]) -> None:
        operands = list(given)
        if operator in ("BDC", "BMC"):
            self._enter(operands)
        elif operator == "EMC":
            self._leave()
        elif operator == "Tf":
            self._select(str(operands[0]))
        elif operator in _PAINTS:
            self._paint(operator, operands)

    def _enter(self, operands: Sequence[Object]) -> None:
        properties = operands[1] if len(operands) > 1 else Dictionary()
        if not isinstance(properties, Dictionary):
            properties = Dictionary()
            self._fault("marked content with properties elsewhere")
        mcid = int(properties.MCID) if "/MCID" in properties else None
        actual = str(properties.ActualText) if "/ActualText" in properties else None
        if mcid is not None:
            self._begin(mcid)
        if len(self.stack) == _MAX_NESTING:
            raise ValueError("marked content that is too deep")
        self.stack.append(_Open(mcid, actual, str(operands[0]) == "/Artifact"))

    def _begin(self, mcid: int) -> None:
        if self._owner is not None or any(entry.artifact for entry in self.stack):
            self._fault(f"MCID {mcid} inside other marked content")
        if mcid in self.out.pieces:
            self._fault(f"MCID {mcid} stands twice")
        self.out.pieces.setdefault(mcid, [])

    def _leave(self) -> None:
        if not self.stack:
            self._fault("more marked content is closed than opened")
            return
        actual = self.stack[-1].actual
        if actual is not None:  # only now the font within is known
            self._add(actual)
        self.stack.pop()

    @property
    def _owner(self) -> int | None:
        return next((entry.mcid for entry in reversed(self.stack) if entry.mcid is not None), None)

    def _select(self, name: str) -> None:
        self.font = _Font({}, strong=False, em=False)
        if name not in self.resources:
            self._fault(f"font {name} is not among the resources")
            return
        self.font = self.fonts.load(self.resources[name])

    def _paint(self, operator: str, operands: Sequence[Object]) -> None:
        if self._owner is None and not any(entry.artifact for entry in self.stack):
            self._fault(f"{operator} outside marked content")
        if operator not in ("Tj", "TJ") or self._owner is None:
            return
        if not any(entry.actual is not None for entry in self.stack):
            self._add("".join(self.font.characters.get(code, UNKNOWN) for code in codes(operands[0])))

    def _add(self, text: str) -> None:
        owner = self._owner
        if owner is not None:
            self.out.pieces[owner].append(Piece(text, self.font.strong, self.font.em))

    def _fault(self, sentence: str) -> None:
        self.out.faults.append(sentence)


def codes(shown: Object) -> Iterator[int]:
    for part in list(shown) if isinstance(shown, Array) else [shown]:
        if isinstance(part, String):
            yield from bytes(part)


def characters(table: bytes) -> dict[int, str]:
    """By code, from a ToUnicode CMap (ISO 32000-1, 9.10.3) in the one form that is written here."""
    found: dict[int, str] = {}
    for part in table.split(b"endbfchar")[:-1]:
        for code, value in _ENTRY.findall(part.partition(b"beginbfchar")[2]):
            found[int(code, 16)] = bytes.fromhex(value.decode()).decode("utf-16-be", "replace")
    return found
