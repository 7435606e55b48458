"""Objects of a PDF that are written in the one plain way which every reader takes alike.

PDF allows much more (comments, escaped names, white space of six kinds, numbers in many forms), and readers
disagree about its edges. What follows a seal has no need of it.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

SPACE: Final = re.compile(rb"[\t\n\r ]*")
_TOKEN: Final = re.compile(
    rb"[\t\n\r ]*(?:"
    rb"(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<name>/[A-Za-z0-9_.+:,*-]+)"
    rb"|(?P<text>\((?:[^()\\\r\n]|\\[0-7]{3}|\\[nrtbf()\\])*\)|<(?:[0-9A-Fa-f]{2})*>)"
    rb"|(?P<number>-?[0-9]{1,10}(?:\.[0-9]{1,20})?)(?=[\t\n\r <>/()\[\]])"
    rb"|(?P<word>true|false|null|R)(?=[\t\n\r <>/()\[\]])"
    rb")"
)
_MAX_DEPTH: Final = 60
_HEAD: Final = re.compile(rb"([1-9][0-9]{0,7}) 0 obj(?=[\t\n\r <\[])")
_END: Final = re.compile(rb"[\t\n\r ]*endobj(?=[\t\n\r ])")
_STREAM: Final = re.compile(rb"[\t\n\r ]*stream(?:\r\n|\n)")
_STREAM_END: Final = re.compile(rb"(?:\r\n|\n|\r)?endstream[\t\n\r ]+endobj(?=[\t\n\r ])")


class NotPlain(ValueError):
    """The message says what, in plain English."""


class MemberTwice(NotPlain):
    """Of two values with one key some readers take the former, some the latter."""


class Reference(NamedTuple):
    number: int


class PlainObject(NamedTuple):
    """`value`: a dictionary, list, whole number, Reference, or the bytes as they are written. `data`: of a
    stream, as it lies in the file. `end`: the offset behind it."""

    number: int
    value: Any
    data: bytes | None
    end: int


def find_head(pdf: bytes, at: int) -> re.Match[bytes] | None:
    """`N 0 obj`, if it stands here."""
    return _HEAD.match(pdf, at)


def read_object(pdf: bytes, head: re.Match[bytes]) -> PlainObject:
    """Raises NotPlain."""
    value, at = read_value(pdf, head.end())
    number = int(head[1])
    if end := _END.match(pdf, at):
        return PlainObject(number, value, None, end.end())
    start = _STREAM.match(pdf, at)
    length = value.get(b"/Length") if isinstance(value, dict) else None
    if start is None or not isinstance(length, int) or length < 0:
        raise NotPlain("an object has no end")
    stop = start.end() + length
    if (end := _STREAM_END.match(pdf, stop)) is None:
        raise NotPlain("a stream is longer or shorter than it says")
    return PlainObject(number, value, pdf[start.end() : stop], end.end())


def read_value(pdf: bytes, at: int) -> tuple[Any, int]:
    """One value and the offset behind it. Raises NotPlain."""
    waiting: list[list[Any]] = [[]]
    opened: list[bytes] = []
    while True:
        token = _TOKEN.match(pdf, at)
        if token is None:
            raise NotPlain("something is written in an unusual way")
        at, written = token.end(), token[token.lastgroup or 0]
        if token.lastgroup == "open":
            opened.append(written)
            waiting.append([])
            if len(opened) > _MAX_DEPTH:
                raise NotPlain("something is nested too deeply")
        elif token.lastgroup == "close":
            inner = waiting.pop()
            if not opened or (opened.pop() == b"[") is not (written == b"]"):
                raise NotPlain("brackets do not match")
            waiting[-1].append(inner if written == b"]" else _members(inner))
        elif written == b"R":
            waiting[-1][-2:] = [_reference(waiting[-1][-2:])]
        else:
            whole = token.lastgroup == "number" and b"." not in written
            waiting[-1].append(int(written) if whole else written)
        if not opened:
            return waiting[0][0], at


def _reference(numbers: list[Any]) -> Reference:
    if len(numbers) != 2 or not isinstance(numbers[0], int) or numbers[0] < 1 or numbers[1] != 0:
        raise NotPlain("a reference is written in an unusual way")
    return Reference(numbers[0])


def _members(items: list[Any]) -> dict[bytes, Any]:
    keys = items[::2]
    if len(items) % 2 or not all(isinstance(key, bytes) and key.startswith(b"/") for key in keys):
        raise NotPlain("a dictionary is written in an unusual way")
    members = dict(zip(keys, items[1::2], strict=True))
    if len(members) != len(keys):
        raise MemberTwice("a member stands twice in a dictionary")
    return members
