"""Strong and emphasised words, links and breaks inside a paragraph of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final

from server.documents.word.links import keeps_link
from server.domain.text.content import HARD_BREAK
from server.domain.text.files.manuscript import LossKind
from server.domain.text.live_text import Value

Lose = Callable[[LossKind, str], None]
Piece = tuple[str, dict[str, Value]]

_TOKEN: Final = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<broken>(?: {2,}|\\)\n)"
    r"|(?P<picture>!\[(?P<alt>[^\[\]]{0,500})\]\([^()\n]{0,2000}\))"
    r"|(?P<link>\[(?P<words>[^\[\]]{1,1000})\]\(<?(?P<address>[^()\s<>]{1,4000})>?(?:\s+\"[^\"\n]{0,500}\")?\))"
    r"|(?P<auto><(?P<bare>(?:https?://|mailto:)[^<>\s]{1,4000})>)"
    r"|(?P<note>\[\^(?P<label>[^\[\]\s]{1,50})\])"
    r"|(?P<code>`(?P<coded>[^`\n]{1,1000})`)"
    r"|(?P<signs>\*{1,3}|_{1,3})"
)


def read_inline(text: str, lose: Lose) -> Iterator[Piece]:
    """Letters with their marks."""
    marks: dict[str, Value] = {}
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() < at:
            continue
        yield _plain(text[at : token.start()]), dict(marks)
        at = token.end()
        match token.lastgroup:
            case "signs":
                yield from _toggle(text, token, marks)
            case _:
                yield from _token(token, marks, lose)
    yield _plain(text[at:]), dict(marks)


def _plain(text: str) -> str:
    """A single line feed is a space."""
    return unescape(re.sub(r"\s*\n\s*", " ", text))


def _token(token: re.Match[str], marks: dict[str, Value], lose: Lose) -> Iterator[Piece]:
    if token["escaped"]:
        yield token["escaped"][1], dict(marks)
    elif token["broken"]:
        yield HARD_BREAK, dict(marks)
    elif token["picture"]:
        lose(LossKind.PICTURE, token["alt"])
    elif token["link"]:
        yield from _link(token["words"], token["address"], marks, lose)
    elif token["auto"]:
        yield from _link(token["bare"].removeprefix("mailto:"), token["bare"], marks, lose)
    elif token["note"]:
        lose(LossKind.FOOTNOTE, token["label"])
    elif token["code"]:
        yield token["coded"], dict(marks)


def _link(words: str, address: str, marks: dict[str, Value], lose: Lose) -> Iterator[Piece]:
    kept: dict[str, Value] = {"link": address} if keeps_link(address) else {}
    if not kept:
        lose(LossKind.LINK, words)
    for text, own in read_inline(words, lose):
        yield text, {**marks, **own, **kept}


def _toggle(text: str, token: re.Match[str], marks: dict[str, Value]) -> Iterator[Piece]:
    """Opens, closes, or stands for itself."""
    sign = token["signs"]
    before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    names = {1: ("em",), 2: ("strong",), 3: ("em", "strong")}[len(sign)]
    inside = sign[0] == "_" and before.isalnum() and after.isalnum()
    is_open = all(name in marks for name in names)
    if is_open and before.strip() and not inside:
        for name in names:
            del marks[name]
    elif not is_open and after.strip() and not inside and _closes(text, token.end(), sign):
        marks.update(dict.fromkeys(names, True))
    else:
        yield sign, dict(marks)


def _closes(text: str, start: int, sign: str) -> bool:
    """Whether the same sign comes once more, right behind a letter."""
    at = text.find(sign, start + 1)
    while at != -1 and not text[at - 1].strip():
        at = text.find(sign, at + 1)
    return at != -1
