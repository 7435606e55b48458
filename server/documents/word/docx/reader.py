"""Reads a DOCX: paragraphs with their tracked changes, as a walk over `w:body` in the order of the text."""

from __future__ import annotations

from typing import Final, Literal

from server.documents.word.collector import Change, Collector
from server.documents.word.container import Container, Element
from server.documents.word.docx.fields import Fields, address_in
from server.documents.word.docx.kinds import Kinds
from server.documents.word.docx.names import R, child, is_w, local, read_time, value, w
from server.documents.word.docx.package import Package
from server.documents.word.docx.remarks import read_comments
from server.documents.word.docx.runs import Runs
from server.documents.word.docx.side_parts import SideParts, words_in
from server.documents.word.threads import gather_threads
from server.domain.text.files.errors import InvalidFile
from server.domain.text.files.manuscript import LossKind, Manuscript

CHANGES: Final[dict[str, Literal["ins", "del"]]] = {
    "ins": "ins",
    "moveTo": "ins",
    "del": "del",
    "moveFrom": "del",
}
_THROUGH: Final = frozenset({"smartTag", "customXml", "dir", "bdo", "sdtContent"})
"""Elements that only hold others."""
_MAX_DEPTH: Final = 60

Changes = tuple[Change, ...]


def read_docx(container: Container) -> Manuscript:
    """Raises InvalidFile and its family."""
    package = Package(container)
    body = child(package.document(), "body")
    if body is None:
        raise InvalidFile()
    return _Reader(package).read(body)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._kinds = Kinds(package.part("styles"), package.part("numbering"))
        self._said = read_comments(package.part("comments"), package.part("commentsExtended"))
        self._fields = Fields()
        self._side = SideParts(package)
        self._out = Collector()
        self._runs = Runs(self._out, self._kinds, self._fields, self._side)
        self._moves: dict[str, tuple[str, str]] = {}
        """Open ranges of moved text: their id → from or to, and the name that both ends share."""
        self._places: dict[str, list[int]] = {}

    def read(self, body: Element) -> Manuscript:
        self._kinds.look_for_title(body)
        self._blocks(body, (), 0)
        for mark in list(self._places):
            self._out.close_remark(mark)
        for words in self._side.running_heads():
            self._out.lose(LossKind.HEADER, words)
        places = {mark: tuple(place) for mark, place in self._places.items()}
        return self._out.finish(gather_threads(self._said, places))

    def _blocks(self, parent: Element, changes: Changes, depth: int) -> None:
        _ensure_shallow(depth)
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element, changes)
            elif name == "tbl":
                self._out.lose(LossKind.TABLE, words_in(element))
            elif name == "sdt":
                self._sdt(element, changes, depth)
            elif name in CHANGES:
                self._blocks(element, (*changes, self._change(element)), depth + 1)
            elif name in _THROUGH:
                self._blocks(element, changes, depth + 1)
            elif name == "altChunk":
                self._out.lose(LossKind.OTHER)
            elif name in ("oMath", "oMathPara"):
                self._out.lose(LossKind.FORMULA)
            else:
                self._marker(element, name)

    def _sdt(self, element: Element, changes: Changes, depth: int) -> None:
        """A content control; Word's table of contents is one."""
        gallery = value(child(element, "sdtPr", "docPartObj", "docPartGallery"))
        content = child(element, "sdtContent")
        if gallery.lower() == "table of contents":
            self._out.lose(LossKind.CONTENTS, words_in(element))
        elif content is not None:
            self._blocks(content, changes, depth + 1)

    def _paragraph(self, element: Element, changes: Changes) -> None:
        properties = child(element, "pPr")
        if self._kinds.is_contents(properties) or self._fields.is_contents or _begins_contents(element):
            self._contents(element)
            return
        now = self._kinds.kind_of(properties)
        if now[0] == "heading" and self._kinds.is_numbered_heading(properties):
            self._out.lose(LossKind.HEADING_NUMBER, words_in(element))
        self._inline(element, changes, "", 0)
        self._end(properties, now, changes)

    def _contents(self, element: Element) -> None:
        """Its entries are calculated from the headings; the field's marks count all the same."""
        if not self._out.losses or self._out.losses[-1].kind is not LossKind.CONTENTS:
            self._out.lose(LossKind.CONTENTS, words_in(element))
        for mark in element.iter(w("fldChar"), w("instrText")):
            if local(mark) == "instrText":
                self._fields.instruct(mark.text or "")
            else:
                self._fields.mark(value(mark, "fldCharType"))

    def _end(self, properties: Element | None, now: tuple[str, int], changes: Changes) -> None:
        marks = child(properties, "rPr")
        ends = [*changes]
        for mark in [] if marks is None else marks:
            if is_w(mark) and local(mark) in CHANGES:
                ends.append(self._change(mark))
        changed = child(properties, "pPrChange")
        if changed is None or any(change.type == "ins" for change in ends):
            self._out.end_block(now, ends)
            return
        was = self._kinds.kind_of(child(changed, "pPr"))
        self._out.end_block(was, ends, (now, self._change(changed)))

    def _inline(self, parent: Element, changes: Changes, link: str, depth: int) -> None:
        _ensure_shallow(depth)
        for element in parent:
            name = local(element)
            if name == "r" and is_w(element):
                self._run(element, changes, link)
            elif name in CHANGES:
                self._inline(element, (*changes, self._change(element)), link, depth + 1)
            elif name == "hyperlink":
                self._inline(
                    element, changes, self._package.address(element.get(f"{{{R}}}id") or ""), depth + 1
                )
            elif name == "fldSimple":
                self._inline(element, changes, address_in(value(element, "instr")) or link, depth + 1)
            elif name in _THROUGH or name in ("sdt", "Choice"):
                self._inline(element, changes, link, depth + 1)
            elif name == "AlternateContent":
                self._inline(element[:1], changes, link, depth + 1)
            elif name in ("oMath", "oMathPara"):
                self._out.lose(LossKind.FORMULA)
            else:
                self._marker(element, name)

    def _run(self, element: Element, changes: Changes, link: str) -> None:
        for mark in self._runs.read(element, changes, link):
            self._refer(mark)

    def _refer(self, mark: str) -> None:
        """A comment's sign: of one without a range the only place."""
        if mark in self._said and mark not in self._places:
            self._open(mark)
            self._close(mark)

    def _marker(self, element: Element, name: str) -> None:
        mark = value(element, "id")
        if name == "commentRangeStart":
            self._open(mark)
        elif name == "commentRangeEnd":
            self._close(mark)
        elif name in ("moveFromRangeStart", "moveToRangeStart"):
            self._moves[mark] = (name.removesuffix("RangeStart"), value(element, "name"))
        elif name in ("moveFromRangeEnd", "moveToRangeEnd"):
            self._moves.pop(mark, None)

    def _open(self, mark: str) -> None:
        if mark in self._said and mark not in self._places:
            self._places[mark] = [self._out.position]
            self._out.open_remark(mark)

    def _close(self, mark: str) -> None:
        if mark in self._places and len(self._places[mark]) == 1:
            self._places[mark].append(self._out.position)
            self._out.close_remark(mark)

    def _change(self, element: Element) -> Change:
        name = local(element)
        names = [label for way, label in self._moves.values() if way == name]
        return Change(
            CHANGES.get(name, "ins"),
            value(element, "author"),
            read_time(value(element, "date")),
            names[-1] if names else "",
        )


def _begins_contents(paragraph: Element) -> bool:
    instructions = (instruction.text or "" for instruction in paragraph.iter(w("instrText")))
    return any(instruction.split()[:1] == ["TOC"] for instruction in instructions)


def _ensure_shallow(depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise InvalidFile()
