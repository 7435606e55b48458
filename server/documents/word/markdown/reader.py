"""Reads Markdown line by line. A text without any of its signs is paragraphs with empty lines between."""

from __future__ import annotations

import re
from typing import Final

from server.documents.word.collector import Collector, Kind
from server.documents.word.markdown.inline import read_inline
from server.domain.text.files.errors import InvalidFile
from server.domain.text.files.manuscript import LossKind, Manuscript

_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ITEM: Final = re.compile(r"([ \t]*)(?:([-*+])|(\d{1,9}|[a-z]{1,2})[.)])[ \t]+(.*)")
_QUOTE: Final = re.compile(r" {0,3}> ?(.*)")
_FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")
_TABLE: Final = re.compile(r"[ \t]*\|.*\|[ \t]*")
_RULE: Final = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})")
_NOTE: Final = re.compile(r"\[\^([^\]]{1,50})\]:(.*)")
_TAG: Final = re.compile(r" {0,3}</?[a-zA-Z][^>]*>|<!--")
_MAX_HEADING: Final = 3


def read_markdown(data: bytes) -> Manuscript:
    """Raises InvalidFile and its family."""
    return _Reader(_decode(data)).read()


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise InvalidFile()
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Reader:
    def __init__(self, text: str) -> None:
        self._lines = _without_front_matter(text.split("\n"))
        self._out = Collector()
        self._waiting: list[str] = []
        self._kind: Kind = ("paragraph", 0)
        self._indents: list[int] = []
        """Of the lists that are open, from outside to inside."""

    def read(self) -> Manuscript:
        at = 0
        while at < len(self._lines):
            at = self._line(self._lines[at], at)
        self._end()
        return self._out.finish(())

    def _line(self, line: str, at: int) -> int:
        """Returns which line comes next."""
        if not line.strip():
            self._end()
        elif _FENCE.match(line):
            return self._fence(at)
        elif heading := _HEADING.fullmatch(line):
            self._heading(len(heading[1]), heading[2] or "")
        elif self._waiting and self._kind[0] == "paragraph" and (under := _UNDERLINE.fullmatch(line)):
            words, self._waiting = "\n".join(self._waiting), []
            self._heading(1 if under[1][0] == "=" else 2, words)
        elif _RULE.fullmatch(line):
            self._end()
        elif _TABLE.fullmatch(line):
            return self._table(at)
        elif note := _NOTE.match(line):
            self._end()
            self._out.lose(LossKind.FOOTNOTE, note[2])
        elif not self._waiting and _TAG.match(line):
            self._out.lose(LossKind.OTHER, line)
        else:
            self._words(line)
        return at + 1

    def _words(self, line: str) -> None:
        item = _ITEM.fullmatch(line)
        if item and not self._is_mere_word(item):
            self._end()
            self._kind = ("bullet" if item[2] else "clause", self._level(item[1]))
            self._waiting = [item[4]]
        elif quote := _QUOTE.fullmatch(line):
            if self._kind[0] != "quote" or not quote[1].strip():
                self._end()
            self._kind = ("quote", 0)
            self._waiting += [quote[1]] if quote[1].strip() else []
        else:
            if not self._waiting and not line.startswith((" ", "\t")):
                self._indents = []
            self._waiting.append(line if self._waiting else line.strip())

    def _is_mere_word(self, item: re.Match[str]) -> bool:
        """A line within a paragraph that happens to begin with a number, or letters that are no list."""
        label = item[3] or ""
        if label and not label.isdecimal() and not self._indents:
            return True
        return bool(self._waiting) and self._kind[0] == "paragraph" and label not in ("", "1")

    def _level(self, indent: str) -> int:
        width = len(indent.expandtabs(4))
        while self._indents and width <= self._indents[-1] - 2:
            self._indents.pop()
        if not self._indents or width >= self._indents[-1] + 2:
            self._indents.append(width)
        return min(len(self._indents), 3)

    def _heading(self, level: int, words: str) -> None:
        self._end()
        self._indents = []
        self._kind, self._waiting = ("heading", min(level, _MAX_HEADING)), [words]
        self._end()

    def _fence(self, at: int) -> int:
        self._end()
        fence = self._lines[at].strip()[:3]
        end = next(
            (n for n in range(at + 1, len(self._lines)) if self._lines[n].strip().startswith(fence)),
            len(self._lines),
        )
        self._out.lose(LossKind.OTHER, " ".join(self._lines[at + 1 : end]))
        return end + 1

    def _table(self, at: int) -> int:
        self._end()
        end = at
        while end < len(self._lines) and _TABLE.fullmatch(self._lines[end]):
            end += 1
        self._out.lose(LossKind.TABLE, " ".join(self._lines[at:end]).replace("|", " "))
        return end

    def _end(self) -> None:
        words, kind = "\n".join(self._waiting), self._kind
        self._waiting, self._kind = [], ("paragraph", 0)
        if not words.strip():
            return
        for text, marks in read_inline(words.strip(), self._out.lose):
            self._out.letters(text, marks)
        self._out.end_block(kind)


def _without_front_matter(lines: list[str]) -> list[str]:
    """What other programs keep before the text, between two lines of dashes."""
    if lines[0].strip() == "---" and "---" in [line.strip() for line in lines[1:60]]:
        return lines[lines.index("---", 1) + 1 :] if "---" in lines[1:60] else lines
    return lines
