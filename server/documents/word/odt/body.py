"""The body of an ODT that is written.

What is proposed to go leaves the text: it stands in the table of changes, and the text holds its place. An
end of a paragraph that is proposed to go makes one paragraph of two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import Final

from server.documents.word.docx.names import write_time
from server.documents.word.odt.style_parts import LISTS
from server.domain.text.content import HARD_BREAK
from server.domain.text.files.manuscript import Manuscript, Remark, author_of
from server.domain.text.live_text import COMMENT, LiveRun, Value

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS: Final = re.compile(r"(?<= ) +|^ +| +$")
_STYLES: Final = {"heading": "Heading_20_{}", "quote": "Quotations"}

End = tuple[str, int]
"""Kind and level of the block that ends."""
Unit = tuple[LiveRun, End | None]
"""A run, or the end of a block, whose marks are those of the run."""


class Body:
    def __init__(self, manuscript: Manuscript) -> None:
        self._remarks = {remark.mark: remark for remark in manuscript.remarks}
        self._units = _units(manuscript)
        self._last = _last(self._units)
        self._begun: set[str] = set()
        self._regions: list[str] = []
        self._lists: dict[str, int] = {}
        """How many items each list has: each goes on with the one before, whatever stands between."""
        self._blocks: list[str] = []
        self._words: list[str] = []
        self._inserting = ""
        """The mark of the insertion that is open, and its region."""

    def xml(self) -> str:
        numbered = list(enumerate(self._units))
        for mark, group in groupby(numbered, key=lambda each: _first(each[1][0].marks, "del:")):
            units = list(group)
            if mark:
                self._delete(units, mark)
            else:
                for place, (run, end) in units:
                    self._insertion(run.marks)
                    self._put(place, run, end)
        self._insertion({})
        if self._words:  # the last end is only proposed, or proposed to go
            self._blocks.append(self._block("".join(self._words), ("paragraph", 0)))
        regions = "".join(self._regions)
        table = f"<text:tracked-changes>{regions}</text:tracked-changes>" if regions else ""
        return table + "".join(self._blocks)

    def _put(self, place: int, run: LiveRun, end: End | None) -> None:
        if end is None:
            self._words.append(self._signs(run, place, starts=True))
            self._words.append(_span(run))
            self._words.append(self._signs(run, place, starts=False))
        else:
            self._blocks.append(self._block("".join(self._words), end))
            self._words = []

    def _insertion(self, marks: Mapping[str, Value]) -> None:
        """Opens and closes regions of what is proposed to come."""
        mark = _first(marks, "ins:")
        if mark == self._inserting:
            return
        if self._inserting:
            self._words.append(f'<text:change-end text:change-id="ct{len(self._regions)}"/>')
        self._inserting = mark
        if mark:
            self._regions.append(_region(len(self._regions) + 1, _info("insertion", marks[mark])))
            self._words.append(f'<text:change-start text:change-id="ct{len(self._regions)}"/>')

    def _delete(self, units: list[tuple[int, Unit]], mark: str) -> None:
        """A region for each stretch that the same person put in, or nobody."""
        for inserted, group in groupby(units, key=lambda each: _first(each[1][0].marks, "ins:")):
            part = list(group)
            self._insertion({})
            marks = part[0][1][0].marks
            removed = _info("deletion", marks[mark], self._removed([unit for _, unit in part]))
            if inserted:
                removed += _info("insertion", marks[inserted])
            for place, (run, end) in part:
                if end is None:
                    self._words.append(self._signs(run, place, starts=True))
            self._regions.append(_region(len(self._regions) + 1, removed))
            self._words.append(f'<text:change text:change-id="ct{len(self._regions)}"/>')
            for place, (run, end) in part:
                if end is None:
                    self._words.append(self._signs(run, place, starts=False))

    def _removed(self, units: list[Unit]) -> str:
        """Paragraphs of what goes. The last has no end of its own."""
        blocks, words = [], ""
        for run, end in units:
            if end is None:
                words += _span(run)
            else:
                blocks.append(_wrapped(_paragraph(words, end), end, ""))
                words = ""
        return "".join(blocks) + f'<text:p text:style-name="Standard">{words}</text:p>'

    def _block(self, words: str, end: End) -> str:
        kind, _ = end
        goes_on = ""
        if kind in LISTS:
            count = self._lists[kind] = self._lists.get(kind, 0) + 1
            goes_on = f' xml:id="{kind}{count}"'
            if count > 1:
                goes_on += f' text:continue-list="{kind}{count - 1}"'
        return _wrapped(_paragraph(words, end), end, goes_on)

    def _signs(self, run: LiveRun, place: int, *, starts: bool) -> str:
        made = ""
        for key in run.marks:
            mark = key.removeprefix(COMMENT)
            if not key.startswith(COMMENT) or mark not in self._remarks:
                continue
            if starts and mark not in self._begun:
                self._begun.add(mark)
                made += _annotations(self._remarks[mark])
            elif not starts and self._last[mark] == place:
                names = range(len(self._remarks[mark].replies) + 1)
                made += "".join(
                    f'<office:annotation-end office:name="{escape(mark)}.{number}"/>' for number in names
                )
        return made


def _units(manuscript: Manuscript) -> list[Unit]:
    units: list[Unit] = []
    for block in manuscript.blocks:
        units += [(run, None) for run in block.runs]
        units.append((LiveRun("\n", block.suggested), (block.kind, block.level)))
    return units


def _last(units: list[Unit]) -> dict[str, int]:
    """Where each comment ends."""
    return {
        key.removeprefix(COMMENT): place
        for place, (run, _) in enumerate(units)
        for key in run.marks
        if key.startswith(COMMENT)
    }


def _first(marks: Mapping[str, Value], name: str) -> str:
    """The earliest proposal of that type: of what two people strike out, one can be marked."""
    keys = [key for key in marks if key.startswith(name)]
    return min(keys, key=lambda key: author_of(marks[key])[::-1], default="")


def _info(name: str, value: Value, inner: str = "") -> str:
    author, at = author_of(value)
    date = f"<dc:date>{write_time(at).removesuffix('Z')}</dc:date>" if at else ""
    who = f"<office:change-info><dc:creator>{_escape(author)}</dc:creator>{date}</office:change-info>"
    return f"<text:{name}>{who}{inner}</text:{name}>"


def _region(number: int, inner: str) -> str:
    return f'<text:changed-region xml:id="ct{number}" text:id="ct{number}">{inner}</text:changed-region>'


def _paragraph(words: str, end: End) -> str:
    kind, level = end
    style = _STYLES.get(kind, "Standard").format(level)
    if kind == "heading":
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{words}</text:h>'
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def _wrapped(paragraph: str, end: End, goes_on: str) -> str:
    kind, level = end
    if kind not in LISTS:
        return paragraph
    inner = f"<text:list-item>{paragraph}</text:list-item>"
    for _ in range(level - 1):
        inner = f"<text:list-item><text:list>{inner}</text:list></text:list-item>"
    return f'<text:list text:style-name="{LISTS[kind]}"{goes_on}>{inner}</text:list>'


def _span(run: LiveRun) -> str:
    text = _escape(run.text).replace(HARD_BREAK, "<text:line-break/>")
    text = _BLANKS.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', text)
    look = (run.marks.get("strong") is True) + 2 * (run.marks.get("em") is True)
    if look:
        text = f'<text:span text:style-name="T{look}">{text}</text:span>'
    link = run.marks.get("link")
    if isinstance(link, str):
        text = f'<text:a xlink:type="simple" xlink:href="{escape(link)}">{text}</text:a>'
    return text


def _escape(text: str) -> str:
    return escape(_NO_XML.sub("", text), quote=False)


def _annotations(remark: Remark) -> str:
    """The remark and its answers, all on the same passage."""
    every = [(remark.author, remark.at, remark.words), *((r.author, r.at, r.words) for r in remark.replies)]
    settled = str(remark.resolved).lower()
    made = ""
    for number, (author, at, words) in enumerate(every):
        date = f"<dc:date>{write_time(at).removesuffix('Z')}</dc:date>" if at else ""
        lines = "".join(f"<text:p>{_escape(line)}</text:p>" for line in words.split("\n"))
        parent = f' loext:parent-name="{escape(remark.mark)}.0"' if number else ""
        made += (
            f'<office:annotation office:name="{escape(remark.mark)}.{number}" '
            f'loext:resolved="{settled}"{parent}>'
            f"<dc:creator>{_escape(author)}</dc:creator>{date}{lines}</office:annotation>"
        )
    return made
