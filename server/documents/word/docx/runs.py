"""One run of a DOCX: letters with the same properties, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from server.documents.word.collector import Change, Collector
from server.documents.word.container import Element
from server.documents.word.docx.fields import Fields
from server.documents.word.docx.kinds import Kinds
from server.documents.word.docx.names import XML_SPACE, child, is_on, local, value
from server.documents.word.docx.side_parts import SideParts, words_in
from server.documents.word.links import keeps_link
from server.domain.text.content import HARD_BREAK
from server.domain.text.files.manuscript import LossKind
from server.domain.text.live_text import Value

_LETTERS: Final = {"tab": "\t", "ptab": "\t", "cr": HARD_BREAK, "noBreakHyphen": "\u2011"}
_PRIVATE: Final = range(0xF000, 0xF100)
"""Where fonts of symbols put their letters."""


class Runs:
    def __init__(self, out: Collector, kinds: Kinds, fields: Fields, side: SideParts) -> None:
        self._out, self._kinds, self._fields, self._side = out, kinds, fields, side
        self._lost_links: set[str] = set()
        self._reformatted = -1
        """Where the last run ended whose format was changed: the next one may go on with it."""

    def read(self, run: Element, changes: Sequence[Change], link: str) -> list[str]:
        """Hands the letters to the collector. Returns the ids of comments that have their sign here."""
        properties = child(run, "rPr")
        if child(properties, "rPrChange") is not None and words_in(run):
            self._out.lose(
                LossKind.FORMAT_CHANGE, words_in(run), joins=self._reformatted == self._out.position
            )
            self._reformatted = self._out.position + len(words_in(run))
        if is_on(child(properties, "vanish")):
            self._out.lose(LossKind.OTHER, words_in(run))
            return []
        marks = self._marks(properties)
        signs = []
        for element in _contents(run):
            name = local(element)
            if name == "commentReference":
                signs.append(value(element, "id"))
            elif name == "fldChar":
                self._fields.mark(value(element, "fldCharType"))
            elif name == "instrText":
                self._fields.instruct(element.text or "")
            elif self._fields.is_shown:
                self._letters(element, name, self._linked(marks, link), changes)
        return signs

    def _letters(
        self, element: Element, name: str, marks: dict[str, Value], changes: Sequence[Change]
    ) -> None:
        if name in ("t", "delText"):
            text = element.text or ""
            if element.get(XML_SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            self._out.letters(text, marks, changes)
        elif name in _LETTERS:
            self._out.letters(_LETTERS[name], marks, changes)
        elif name == "br" and value(element, "type") in ("", "textWrapping"):
            self._out.letters(HARD_BREAK, marks, changes)
        elif name == "sym":
            self._symbol(element, marks, changes)
        else:
            self._lose(element, name)

    def _symbol(self, element: Element, marks: dict[str, Value], changes: Sequence[Change]) -> None:
        try:
            code = int(value(element, "char"), 16)
        except ValueError:
            return
        if code in _PRIVATE or not 0x20 <= code < 0xD800:
            self._out.lose(LossKind.SYMBOL)
        else:
            self._out.letters(chr(code), marks, changes)

    def _lose(self, element: Element, name: str) -> None:
        match name:
            case "footnoteReference" | "endnoteReference":
                kind = name.removesuffix("Reference")
                self._out.lose(LossKind.FOOTNOTE, self._side.note(kind, value(element, "id")))
            case "drawing" | "pict" | "object":
                boxes = [part for part in element.iter() if local(part) in ("txbxContent", "textbox")]
                kind_of_loss = LossKind.TEXT_BOX if boxes else LossKind.PICTURE
                self._out.lose(kind_of_loss, words_in(boxes[0]) if boxes else "")
            case "ruby":
                self._out.lose(LossKind.OTHER, words_in(element))

    def _marks(self, properties: Element | None) -> dict[str, Value]:
        """Of the letters themselves; a paragraph's style makes nothing strong."""
        found = set(self._kinds.marks_of(value(child(properties, "rStyle"))))
        for name, mark in (("b", "strong"), ("i", "em")):
            element = child(properties, name)
            if element is not None:
                found = found | {mark} if is_on(element) else found - {mark}
        return dict.fromkeys(sorted(found), True)

    def _linked(self, marks: dict[str, Value], link: str) -> dict[str, Value]:
        address = link or self._fields.link
        if not address:
            return marks
        if keeps_link(address):
            return {**marks, "link": address}
        if address not in self._lost_links:
            self._lost_links.add(address)
            self._out.lose(LossKind.LINK)
        return marks


def _contents(run: Element) -> Iterator[Element]:
    """Of two ways to show the same (`mc:AlternateContent`) the first."""
    for element in run:
        if local(element) == "AlternateContent":
            for choice in element[:1]:
                yield from choice
        else:
            yield element
