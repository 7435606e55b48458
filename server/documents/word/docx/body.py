"""The body of a DOCX that is written.

Comments begin and end beside the wrappers of tracked changes, never inside them, and every tracked change
has an id of its own: other programs lose what is written otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from server.documents.word.container import Element
from server.documents.word.docx.letters import write_letters
from server.documents.word.docx.names import R, W, w, write_time
from server.documents.word.docx.style_parts import BULLETS, CLAUSES
from server.documents.word.docx.undone import without_undone
from server.domain.text.files.manuscript import Manuscript, author_of
from server.domain.text.live_text import COMMENT, LiveBlock, LiveRun, Value

_MARGINS: Final = dict.fromkeys(("top", "right", "bottom", "left"), "1418")
_EDGES: Final = {"header": "709", "footer": "709", "gutter": "0"}
_PAGE: Final = (("pgSz", {"w": "11906", "h": "16838"}), ("pgMar", _MARGINS | _EDGES))
"""A4 with margins of 2.5 centimetres, in twentieths of a point."""
_TYPES: Final = ("ins", "del")


class Body:
    """`root`: the document; `links`: relation by address; `numbers`: comment by the remark's mark."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.root = etree.Element(w("document"), nsmap={"w": W, "r": R})
        self.links: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        self._answers = {remark.mark: len(remark.replies) for remark in manuscript.remarks}
        blocks = without_undone(manuscript.blocks)
        self._last = _last_runs(blocks)
        self._changes = self._comments = 0
        body = etree.SubElement(self.root, w("body"))
        for number, block in enumerate(blocks):
            self._paragraph(body, block, number)
        section = etree.SubElement(body, w("sectPr"))
        for name, values in _PAGE:
            element = etree.SubElement(section, w(name))
            for key, value in values.items():
                element.set(w(key), value)

    def _paragraph(self, body: Element, block: LiveBlock, number: int) -> None:
        paragraph = etree.SubElement(body, w("p"))
        self._properties(paragraph, block)
        for place, run in enumerate(block.runs):
            self._run(paragraph, run, (number, place))

    def _properties(self, paragraph: Element, block: LiveBlock) -> None:
        properties = etree.SubElement(paragraph, w("pPr"))
        proposed = next((str(v) for key, v in block.suggested.items() if key.startswith("kind:")), "")
        now = _kind(proposed.partition("|")[0]) if proposed else (block.kind, block.level)
        _look(properties, *now)
        changes = _changes(block.suggested)
        if changes:
            marks = etree.SubElement(properties, w("rPr"))
            for name, value in changes:
                self._change(etree.SubElement(marks, w(name)), value)
        if proposed:
            change = etree.SubElement(properties, w("pPrChange"))
            self._change(change, proposed)
            _look(etree.SubElement(change, w("pPr")), block.kind, block.level)

    def _run(self, paragraph: Element, run: LiveRun, place: tuple[int, int]) -> None:
        comments = [key[len(COMMENT) :] for key in run.marks if key.startswith(COMMENT)]
        for mark in comments:
            if mark in self._answers and mark not in self.numbers:
                self.numbers[mark] = self._comments
                self._comments += 1 + self._answers[mark]
                self._signs(paragraph, mark, "commentRangeStart")
        self._letters(self._holder(paragraph, run.marks), run)
        for mark in comments:
            if self._last.get(mark) == place and mark in self.numbers:
                self._signs(paragraph, mark, "commentRangeEnd")
                self._signs(paragraph, mark, "commentReference")

    def _signs(self, paragraph: Element, mark: str, name: str) -> None:
        """Of the comment and of each answer to it. A reference stands in a run of its own."""
        first = self.numbers[mark]
        for number in range(first, first + 1 + self._answers[mark]):
            in_run = name == "commentReference"
            holder = etree.SubElement(paragraph, w("r")) if in_run else paragraph
            etree.SubElement(holder, w(name)).set(w("id"), str(number))

    def _holder(self, paragraph: Element, marks: Mapping[str, Value]) -> Element:
        """The innermost wrapper for a run with these marks."""
        holder = paragraph
        link = marks.get("link")
        if isinstance(link, str):
            key = self.links.setdefault(link, f"link{len(self.links) + 1}")
            holder = etree.SubElement(holder, w("hyperlink"))
            holder.set(f"{{{R}}}id", key)
        for name, value in _changes(marks):
            holder = etree.SubElement(holder, w(name))
            self._change(holder, value)
        return holder

    @staticmethod
    def _letters(holder: Element, run: LiveRun) -> None:
        element = etree.SubElement(holder, w("r"))
        properties = etree.Element(w("rPr"))
        if "link" in run.marks:
            etree.SubElement(properties, w("rStyle")).set(w("val"), "Hyperlink")
        for mark, name in (("strong", "b"), ("em", "i")):
            if run.marks.get(mark) is True:
                etree.SubElement(properties, w(name))
        if len(properties):
            element.append(properties)
        is_gone = any(name == "del" for name, _ in _changes(run.marks))
        write_letters(element, run.text, "delText" if is_gone else "t")

    def _change(self, element: Element, value: Value) -> None:
        name, at = author_of(value)
        element.set(w("id"), str(self._changes))
        element.set(w("author"), name)
        if at:
            element.set(w("date"), write_time(at))
        self._changes += 1


def _changes(marks: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """Insertion and deletion, one of each: what two people want to delete can be marked for one only."""
    found: dict[str, Value] = {}
    for name in _TYPES:
        every = [value for key, value in marks.items() if key.startswith(f"{name}:")]
        if every:
            found[name] = min(every, key=lambda value: author_of(value)[::-1])
    return list(found.items())


def _kind(value: str) -> tuple[str, int]:
    kind, _, level = value.partition(":")
    return kind, int(level)


def _look(properties: Element, kind: str, level: int) -> None:
    """The style and list of a kind, in the order of the schema."""
    style = {
        "heading": f"Heading{level}",
        "quote": "Quote",
        "clause": "ListParagraph",
        "bullet": "ListParagraph",
    }
    if kind in style:
        etree.SubElement(properties, w("pStyle")).set(w("val"), style[kind])
    if kind in ("clause", "bullet"):
        number = etree.SubElement(properties, w("numPr"))
        etree.SubElement(number, w("ilvl")).set(w("val"), str(level - 1))
        etree.SubElement(number, w("numId")).set(w("val"), CLAUSES if kind == "clause" else BULLETS)


def _last_runs(blocks: Sequence[LiveBlock]) -> dict[str, tuple[int, int]]:
    """Where each comment ends: block and run."""
    return {
        key[len(COMMENT) :]: (number, place)
        for number, block in enumerate(blocks)
        for place, run in enumerate(block.runs)
        for key in run.marks
        if key.startswith(COMMENT)
    }
