"""Which kind of block a paragraph of a DOCX is: by its style's names and outline level, and its numbering.

Word names built-in styles in English in `w:name` whatever its own language is; ids are translated
("berschrift1"). Numbering stands in the paragraph or in its style.
"""

from __future__ import annotations

import re
from typing import Final

from server.documents.word.collector import Kind
from server.documents.word.container import Element
from server.documents.word.docx.names import child, is_on, value, w

PARAGRAPH: Final[Kind] = ("paragraph", 0)
QUOTES: Final = frozenset(
    {"quote", "intense quote", "quotations", "block text", "block quote", "zitat", "intensives zitat"}
)
TITLES: Final = frozenset({"title", "titel"})
_HEADING: Final = re.compile(r"(?:heading|überschrift|titre|encabezado) ?([1-9])")
_CONTENTS: Final = re.compile(r"(?:toc|contents|verzeichnis) ?[1-9]")
_MAX_CHAIN: Final = 20


class Kinds:
    """Of one file. `styles` and `numbering`: the roots of these parts, as far as there are any."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        every = [] if styles is None else styles.findall(w("style"))
        self._styles = {value(style, "styleId"): style for style in every}
        self._default = next(
            (
                value(style, "styleId")
                for style in every
                if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on")
            ),
            "",
        )
        self._formats = {} if numbering is None else _formats(numbering)
        self.has_title = False
        """Whether the file's title has a style of its own: then all headings stand below it."""

    def look_for_title(self, body: Element) -> None:
        ids = {style for style in self._styles if self._names(style) & TITLES}
        self.has_title = any(value(style) in ids for style in body.iter(w("pStyle")))

    def kind_of(self, properties: Element | None) -> Kind:
        """`properties`: a paragraph's `w:pPr`, or an earlier one inside its `w:pPrChange`."""
        chain = self._chain(value(child(properties, "pStyle")) or self._default)
        names = self._own_names(chain)
        if names & TITLES:
            return ("heading", 1)
        level = self._heading(names, properties, chain)
        if level:
            return ("heading", min(level + self.has_title, 3))
        listed = self._list(properties, chain)
        if listed:
            return listed
        return ("quote", 0) if names & QUOTES else PARAGRAPH

    def is_contents(self, properties: Element | None) -> bool:
        """An entry of a table of contents."""
        names = self._names(value(child(properties, "pStyle")))
        return any(_CONTENTS.fullmatch(name) for name in names)

    def is_numbered_heading(self, properties: Element | None) -> bool:
        chain = self._chain(value(child(properties, "pStyle")) or self._default)
        found = self._list(properties, chain)
        return found is not None and found[0] == "clause"

    def marks_of(self, style: str) -> frozenset[str]:
        """What a character style makes of its letters: strong, em."""
        marks = set()
        for element in self._chain(style):
            found = child(element, "rPr")
            if is_on(child(found, "b")):
                marks.add("strong")
            if is_on(child(found, "i")):
                marks.add("em")
        return frozenset(marks)

    def _chain(self, style: str) -> list[Element]:
        """The style and those it is based on."""
        chain: list[Element] = []
        while style in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[style])
            style = value(child(chain[-1], "basedOn"))
        return chain

    def _names(self, style: str) -> set[str]:
        return self._own_names(self._chain(style)[:1])

    @staticmethod
    def _own_names(chain: list[Element]) -> set[str]:
        return {value(child(element, "name")).lower() for element in chain}

    @staticmethod
    def _heading(names: set[str], properties: Element | None, chain: list[Element]) -> int:
        """0: it is none."""
        for source in (properties, *(child(style, "pPr") for style in chain)):
            level = value(child(source, "outlineLvl"))
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0
        found = [int(match[1]) for name in names if (match := _HEADING.fullmatch(name))]
        return min(found, default=0)

    def _list(self, properties: Element | None, chain: list[Element]) -> Kind | None:
        sources = [child(source, "numPr") for source in (properties, *(child(s, "pPr") for s in chain))]
        present = [source for source in sources if source is not None]
        number = next((value(child(one, "numId")) for one in present if child(one, "numId") is not None), "")
        if number in ("", "0"):
            return None
        depth = next((value(child(one, "ilvl")) for one in present if child(one, "ilvl") is not None), "0")
        level = min(int(depth) if depth.isdecimal() else 0, 8)
        match self._formats.get((number, level), "decimal"):
            case "none":
                return None
            case "bullet":
                return ("bullet", min(level + 1, 3))
            case _:
                return ("clause", min(level + 1, 3))


def _formats(numbering: Element) -> dict[tuple[str, int], str]:
    """Number format by list and level."""
    abstract = {value(one, "abstractNumId"): one for one in numbering.findall(w("abstractNum"))}
    formats: dict[tuple[str, int], str] = {}
    for number in numbering.findall(w("num")):
        key = value(number, "numId")
        levels = [*_levels(abstract.get(value(child(number, "abstractNumId"))))]
        levels += [one for change in number.findall(w("lvlOverride")) for one in change.findall(w("lvl"))]
        for level in levels:
            at = value(level, "ilvl")
            if at.isdecimal():
                formats[key, int(at)] = value(child(level, "numFmt")) or "decimal"
    return formats


def _levels(abstract: Element | None) -> list[Element]:
    return [] if abstract is None else list(abstract.findall(w("lvl")))
