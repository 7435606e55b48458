"""The plain structure of a page: headings, paragraphs, lists, links. What is not understood stays as it was
typed; nothing is ever taken for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from server.domain.record.legal_pages import split_placeholders

_LINK: Final = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|tel:|/(?!/))[^\s()<>\"']*)\)")
_HEADING: Final = re.compile(r"(#{2,3}) +(.+)")
_ITEM: Final = re.compile(r"[-*] +(.+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """`href` is empty for plain words; `is_gap`: a placeholder."""

    text: str
    href: str = ""
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """`kind`: `h2`, `h3`, `p` or `ul`; `lines`: the items of a list, else the one line."""

    kind: str
    lines: Sequence[Sequence[Piece]]


def read_markup(text: str) -> list[Part]:
    """`## heading`, `### heading`, `- item`, `[words](address)`; a blank line ends a paragraph."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return [part for kind, group in groupby(lines, _kind) for part in _parts(kind, list(group))]


def _kind(line: str) -> str:
    if not line:
        return ""
    if found := _HEADING.fullmatch(line):
        return f"h{len(found[1])}"
    return "ul" if _ITEM.fullmatch(line) else "p"


def _parts(kind: str, lines: list[str]) -> Iterator[Part]:
    match kind:
        case "":
            return
        case "ul":
            yield Part(kind, [_pieces(_ITEM.sub(r"\1", line)) for line in lines])
        case "p":
            yield Part(kind, [_pieces(" ".join(lines))])
        case _:
            yield from (Part(kind, [_pieces(_HEADING.sub(r"\2", line))]) for line in lines)


def _pieces(line: str) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for link in _LINK.finditer(line):
        found += [*_plain(line[at : link.start()]), Piece(link[1], link[2])]
        at = link.end()
    return [*found, *_plain(line[at:])]


def _plain(text: str) -> list[Piece]:
    return [Piece(words, is_gap=is_gap) for words, is_gap in split_placeholders(text)]
