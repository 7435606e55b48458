"""The comments of a DOCX and, beside them, which answers which and what is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from server.documents.word.container import Element, serialize
from server.documents.word.docx.letters import write_letters
from server.documents.word.docx.names import MC, W14, W15, W, w, write_time
from server.domain.text.files.manuscript import Remark

_FIRST_PARAGRAPH: Final = 0x10000000


@dataclass(frozen=True, slots=True)
class _Comment:
    number: int
    author: str
    at: int
    words: str
    parent: int | None
    is_done: bool

    @property
    def paragraph(self) -> str:
        """Eight hexadecimal digits below 0x80000000 (MS-DOCX, 2.6.2.3)."""
        return _paragraph(self.number)


def comment_parts(remarks: Sequence[Remark], numbers: Mapping[str, int]) -> dict[str, bytes]:
    """`numbers`: id of each remark's comment; its answers follow it."""
    comments = [
        comment for remark in remarks if remark.mark in numbers for comment in _thread(remark, numbers)
    ]
    if not comments:
        return {}
    root = etree.Element(w("comments"), nsmap={"w": W, "w14": W14, "mc": MC})
    root.set(f"{{{MC}}}Ignorable", "w14")
    extended = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})
    for comment in comments:
        _append(root, comment)
        entry = etree.SubElement(extended, f"{{{W15}}}commentEx")
        entry.set(f"{{{W15}}}paraId", comment.paragraph)
        if comment.parent is not None:
            entry.set(f"{{{W15}}}paraIdParent", _paragraph(comment.parent))
        entry.set(f"{{{W15}}}done", "1" if comment.is_done else "0")
    return {"comments": serialize(root), "commentsExtended": serialize(extended)}


def _paragraph(number: int) -> str:
    return f"{_FIRST_PARAGRAPH + number:08X}"


def _thread(remark: Remark, numbers: Mapping[str, int]) -> Iterator[_Comment]:
    first = numbers[remark.mark]
    yield _Comment(first, remark.author, remark.at, remark.words, None, remark.resolved)
    for number, reply in enumerate(remark.replies, first + 1):
        yield _Comment(number, reply.author, reply.at, reply.words, first, remark.resolved)


def _append(root: Element, comment: _Comment) -> None:
    element = etree.SubElement(root, w("comment"))
    element.set(w("id"), str(comment.number))
    element.set(w("author"), comment.author)
    if comment.at:
        element.set(w("date"), write_time(comment.at))
    element.set(w("initials"), "".join(word[0] for word in comment.author.split())[:4])
    lines = comment.words.split("\n") or [""]
    for number, line in enumerate(lines, 1):
        paragraph = etree.SubElement(element, w("p"))
        if number == len(lines):
            paragraph.set(f"{{{W14}}}paraId", comment.paragraph)
        write_letters(etree.SubElement(paragraph, w("r")), line)
