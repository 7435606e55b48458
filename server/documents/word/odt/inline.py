"""What stands inside a paragraph of an ODT."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from server.documents.word.collector import Change, Collector
from server.documents.word.container import Element
from server.documents.word.docx.names import read_time
from server.documents.word.links import keeps_link
from server.documents.word.odt.changes import Region
from server.documents.word.odt.names import NAMES, get, name_of, q
from server.documents.word.odt.styles import Styles
from server.documents.word.threads import MAX_REMARKS, Said
from server.domain.text.content import HARD_BREAK
from server.domain.text.files.errors import InvalidFile
from server.domain.text.files.manuscript import MAX_REMARK, LossKind, Remark, clean_name
from server.domain.text.live_text import Value

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_THROUGH: Final = frozenset(
    {"text:span", "text:meta", "text:ruby", "text:ruby-base", "loext:content-control"}
)
_MAX_BLANKS: Final = 1_000
_MAX_DEPTH: Final = 60

Changes = tuple[Change, ...]
Marks = dict[str, Value]


class Inline:
    """`active`: insertions that are open, by region; `removed`: called where something was deleted."""

    def __init__(
        self,
        out: Collector,
        styles: Styles,
        regions: Mapping[str, Region],
        active: dict[str, Change],
        removed: Callable[[str], None],
    ) -> None:
        self.said: dict[str, Said] = {}
        self.places: dict[str, object] = {}
        self._out, self._styles, self._regions = out, styles, regions
        self._active, self._removed = active, removed
        self._named: dict[str, str] = {}
        self._starts: dict[str, int] = {}
        self._ends: set[str] | None = None

    def read(self, paragraph: Element, changes: Changes) -> None:
        self._walk(paragraph, {}, changes, 0)

    def end(self) -> None:
        """Comments whose end never came."""
        for mark in list(self._starts):
            self._close(mark)

    def _walk(self, parent: Element, marks: Marks, changes: Changes, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise InvalidFile()
        self._letters(parent.text, marks, changes)
        for element in parent:
            self._element(element, name_of(element), marks, changes, depth)
            self._letters(element.tail, marks, changes)

    def _element(self, element: Element, name: str, marks: Marks, changes: Changes, depth: int) -> None:
        if name in _THROUGH:
            self._walk(element, self._styled(element, marks), changes, depth + 1)
        elif name == "text:a":
            address = get(element, "xlink:href")
            linked: Marks = {"link": address} if keeps_link(address) else {}
            if not linked:
                self._out.lose(LossKind.LINK, "".join(element.itertext()))
            self._walk(element, {**marks, **linked}, changes, depth + 1)
        elif name == "text:s":
            count = get(element, "text:c")
            self._put(" " * min(int(count) if count.isdecimal() else 1, _MAX_BLANKS), marks, changes)
        elif name == "text:tab":
            self._put(" ", marks, changes)
        elif name == "text:line-break":
            self._put(HARD_BREAK, marks, changes)
        elif name == "text:change":
            self._removed(get(element, "text:change-id"))
        else:
            self._other(element, name, marks, changes)

    def _other(self, element: Element, name: str, marks: Marks, changes: Changes) -> None:
        if name in ("text:note", "text:bibliography-mark"):
            body = element.find(q("text:note-body"))
            self._out.lose(LossKind.FOOTNOTE, "" if body is None else "".join(body.itertext()))
        elif name == "draw:frame":
            box = element.find(q("draw:text-box"))
            words = "" if box is None else "".join(box.itertext())
            self._out.lose(LossKind.PICTURE if box is None else LossKind.TEXT_BOX, words)
        elif name.startswith("draw:"):
            self._out.lose(LossKind.PICTURE, "".join(element.itertext()))
        elif self.mark(element, name):
            return
        elif name.startswith("text:") and element.text and not len(element):
            self._put(element.text, marks, changes)  # a field: what it showed last

    def mark(self, element: Element, name: str) -> bool:
        """A place of a change or comment, which may stand between paragraphs too."""
        match name:
            case "text:change-start":
                key = get(element, "text:change-id")
                region = self._regions.get(key)
                if region and region.inserted:
                    self._active[key] = region.inserted
                elif region and region.is_format:
                    self._out.lose(LossKind.FORMAT_CHANGE)
            case "text:change-end":
                self._active.pop(get(element, "text:change-id"), None)
            case "office:annotation":
                self._annotation(element)
            case "office:annotation-end":
                self._close(self._named.get(get(element, "office:name"), ""))
            case _:
                return False
        return True

    def _annotation(self, element: Element) -> None:
        if len(self.said) >= MAX_REMARKS:
            return
        mark, name = str(len(self.said)), get(element, "office:name")
        lines = ["".join(line.itertext()) for line in element.iter(q("text:p"))]
        remark = Remark(
            mark=mark,
            author=clean_name(element.findtext(q("dc:creator"), "", NAMES)),
            at=read_time(element.findtext(q("dc:date"), "", NAMES)),
            words="\n".join(lines).strip()[:MAX_REMARK],
            resolved=get(element, "loext:resolved") == "true",
        )
        self.said[mark] = Said(remark, self._named.get(get(element, "loext:parent-name"), ""))
        self._starts[mark] = self._out.position
        self._out.open_remark(mark)
        if name:
            self._named[name] = mark
        if not name or not self._has_end(element, name):
            self._close(mark)

    def _has_end(self, element: Element, name: str) -> bool:
        if self._ends is None:
            root = element.getroottree().getroot()
            self._ends = {get(end, "office:name") for end in root.iter(q("office:annotation-end"))}
        return name in self._ends

    def _close(self, mark: str) -> None:
        if mark in self._starts:
            self.places[mark] = (self._starts.pop(mark), self._out.position)
            self._out.close_remark(mark)

    def _styled(self, element: Element, marks: Marks) -> Marks:
        found = self._styles.marks_of(get(element, "text:style-name"))
        return {**marks, **dict.fromkeys(sorted(found), True)}

    def _letters(self, text: str | None, marks: Marks, changes: Changes) -> None:
        if text:
            self._put(_BLANKS.sub(" ", text), marks, changes)

    def _put(self, text: str, marks: Marks, changes: Changes) -> None:
        self._out.letters(text, marks, (*self._active.values(), *changes))
