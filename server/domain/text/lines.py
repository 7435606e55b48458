"""Line numbers that are the same everywhere: in the editor, on the reading page and in the PDF.

A line holds so many characters, not so many millimetres, and whole words. `client/src/editor/lines/lines.ts`
is the same function; `tests/domain/text/lines.json` holds both to the same lines.

Characters are counted as people see them: a letter with its marks, an emoji of several signs and a pair of
regional indicators are one each, what is invisible is none. A line may end behind a space (not a no-break
one) and behind a hyphen, dash or slash inside a compound. A word that is longer than a line is cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.domain.text.content import HARD_BREAK, Content

LINE_LENGTH: Final = 72
"""Characters. The PDF's column takes 72 of its 10.5 points nearly always, the page's 40 rem two more."""
_ZWJ: Final = "\u200d"
_INVISIBLE: Final = frozenset("\u00ad\u200b\u2060\ufeff")
_SPACES: Final = frozenset(" \t\u2002\u2003\u2009\u200a\u3000")
_COMPOUND: Final = re.compile(r"(?<=\w\w)[-/–](?=\w\w)")
_ONE_EACH: Final = re.compile("[\0-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
"""Letters, digits and marks of nearly all our texts: each is seen as one."""
_MODIFIERS: Final = range(0x1F3FB, 0x1F400)
_TAGS: Final = range(0xE0020, 0xE0080)
_REGIONAL: Final = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """`block` and `start` (a place in its text) count from 0, `number` from 1."""

    number: int
    block: int
    start: int


def number_lines(content: Content) -> list[NumberedLine]:
    """All lines of a text; blocks without words have none."""
    found: list[NumberedLine] = []
    for at, block in enumerate(content.blocks):
        for start in line_starts(block.text):
            found.append(NumberedLine(len(found) + 1, at, start))
    return found


def line_starts(text: str, length: int = LINE_LENGTH) -> list[int]:
    """Where each line of a block begins, in code points. No line for a text without words."""
    if not text.strip():
        return []
    starts: list[int] = []
    begin = 0
    for part in text.split(HARD_BREAK):
        starts += [begin + start for start in _part_starts(part, length)]
        begin += len(part) + 1
    return starts


def _part_starts(text: str, length: int) -> list[int]:
    starts, width, behind = [0], 0, 0
    for word in _words(text):
        visible = _width(text, word)
        if width and width + visible > length:
            starts.append(word.start)
            width = 0
        if visible > length:
            cuts = list(_cuts(text, word, length))
            starts += cuts
            visible = _width(text, range(cuts[-1], word.stop))
        behind = word.stop
        width += visible + _spaces_at_end(text, range(starts[-1], behind))
    return starts


def _words(text: str) -> Iterator[range]:
    """Stretches between two places where a line may end, spaces at their ends included."""
    begin = 0
    ends = {match.end() for match in _COMPOUND.finditer(text)}
    for at in range(1, len(text)):
        if at in ends or (text[at - 1] in _SPACES and text[at] not in _SPACES):
            yield range(begin, at)
            begin = at
    yield range(begin, len(text))


def _width(text: str, part: range) -> int:
    """Without the spaces at its end."""
    stop = part.stop
    while stop > part.start and text[stop - 1] in _SPACES:
        stop -= 1
    return len(_clusters(text, range(part.start, stop)))


def _spaces_at_end(text: str, part: range) -> int:
    stop = part.stop
    while stop > part.start and text[stop - 1] in _SPACES:
        stop -= 1
    return part.stop - stop


def _cuts(text: str, word: range, length: int) -> Iterator[int]:
    for at in range(length, len(clusters := _clusters(text, word)), length):
        yield clusters[at]


def _clusters(text: str, part: range) -> Sequence[int]:
    """Where each visible character begins."""
    if _ONE_EACH.fullmatch(text, part.start, part.stop):
        return part
    found: list[int] = []
    joins = pairs = False
    for at in part:
        code = ord(text[at])
        second = pairs and code in _REGIONAL
        if not (joins or second or _extends(text[at])):
            found.append(at)
        pairs = code in _REGIONAL and not second
        joins = text[at] == _ZWJ
    return found


def _extends(character: str) -> bool:
    """Belongs to the character before it, or is not seen."""
    code = ord(character)
    return (
        character == _ZWJ
        or character in _INVISIBLE
        or code in _MODIFIERS
        or code in _TAGS
        or unicodedata.category(character).startswith("M")
    )
