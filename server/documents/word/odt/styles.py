"""What the styles of an ODT say: kinds of paragraphs, looks of letters, numbers of lists."""

from __future__ import annotations

from typing import Final

from server.documents.word.collector import Kind
from server.documents.word.container import Element
from server.documents.word.odt.names import get, name_of, plain_name, q

QUOTES: Final = frozenset({"quotations", "quote", "block quotation", "zitat", "intense quote", "block text"})
TITLES: Final = frozenset({"title", "titel"})
_BOLD: Final = frozenset({"bold", "600", "700", "800", "900"})
_MAX_CHAIN: Final = 20


class Styles:
    """Of one file: its named styles and those that stand for single looks."""

    def __init__(self, *roots: Element | None) -> None:
        present = [root for root in roots if root is not None]
        self._styles = {
            (get(style, "style:family"), get(style, "style:name")): style
            for root in present
            for style in root.iter(q("style:style"))
        }
        self._lists = {
            get(style, "style:name"): style for root in present for style in root.iter(q("text:list-style"))
        }

    def is_title(self, style: str) -> bool:
        return bool(self._names("paragraph", style) & TITLES)

    def is_quote(self, style: str) -> bool:
        return bool(self._names("paragraph", style) & QUOTES)

    def outline_level(self, style: str) -> int:
        """Of a paragraph that is a heading by its style alone; 0: none."""
        for element in self._chain("paragraph", style):
            level = get(element, "style:default-outline-level")
            if level:
                return int(level) if level.isdecimal() else 0
        return 0

    def list_of(self, style: str) -> str:
        """The list style that hangs on a paragraph style."""
        found = (get(element, "style:list-style-name") for element in self._chain("paragraph", style))
        return next(filter(None, found), "")

    def listed(self, style: str, depth: int) -> Kind | None:
        """Of an item at this depth (from 1)."""
        levels = self._lists.get(style)
        for level in () if levels is None else levels:
            if get(level, "text:level") == str(depth):
                if name_of(level) == "text:list-level-style-number":
                    return ("clause", min(depth, 3)) if get(level, "style:num-format") else None
                return ("bullet", min(depth, 3))
        return ("bullet", min(depth, 3))

    def marks_of(self, style: str) -> frozenset[str]:
        """Of letters; the innermost style that says something counts."""
        marks: dict[str, bool] = {}
        for element in self._chain("text", style):
            if plain_name(get(element, "style:name")) in ("strong emphasis", "strong"):
                marks.setdefault("strong", True)
            if plain_name(get(element, "style:name")) == "emphasis":
                marks.setdefault("em", True)
            for look in element.iter(q("style:text-properties")):
                if weight := get(look, "fo:font-weight"):
                    marks.setdefault("strong", weight in _BOLD)
                if slant := get(look, "fo:font-style"):
                    marks.setdefault("em", slant in ("italic", "oblique"))
        return frozenset(mark for mark, is_on in marks.items() if is_on)

    def _chain(self, family: str, style: str) -> list[Element]:
        chain: list[Element] = []
        while (family, style) in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[family, style])
            style = get(chain[-1], "style:parent-style-name")
        return chain

    def _names(self, family: str, style: str) -> set[str]:
        """Its own and, of a look made by hand, that of the style below."""
        chain = self._chain(family, style)[:2]
        return {plain_name(get(element, "style:name")) for element in chain} | {plain_name(style)}
