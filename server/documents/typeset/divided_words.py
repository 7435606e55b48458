"""Words that a line end divides: what is copied out of the file are whole words.

The parts of such a word and its hyphen stand together under one ActualText (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.documents.typeset.letters.characters import BREAKING_SPACES, NO_BREAK_SPACE, SOFT_HYPHEN
from server.documents.typeset.line_breaking import Line
from server.documents.typeset.paragraph import Paragraph
from server.domain.text.content import HARD_BREAK

_ENDS = BREAKING_SPACES | {NO_BREAK_SPACE, HARD_BREAK}


@dataclass(frozen=True, slots=True)
class DividedWord:
    """Atoms from `begin` to before `end`; `text` is what they say, without soft hyphens."""

    begin: int
    end: int
    text: str


def divided_words(paragraph: Paragraph, lines: Sequence[Line]) -> dict[int, DividedWord]:
    """By atom. A word reaches from space to space, as far as it has one look and stands in these lines."""
    found: dict[int, DividedWord] = {}
    for line in lines:
        if line.hyphen and line.end not in found:
            begin, end = _reach(paragraph, line.end, lines[0].begin, lines[-1].end)
            said = "".join(atom.source for atom in paragraph.atoms[begin:end]).replace(SOFT_HYPHEN, "")
            found |= dict.fromkeys(range(begin, end), DividedWord(begin, end, said))
    return found


def _reach(paragraph: Paragraph, at: int, first: int, last: int) -> tuple[int, int]:
    look = paragraph.spans[at - 1]

    def belongs(i: int) -> bool:
        return paragraph.spans[i] is look and paragraph.atoms[i].source not in _ENDS

    begin = next((i + 1 for i in range(at - 1, first - 1, -1) if not belongs(i)), first)
    end = next((i for i in range(at, last) if not belongs(i)), last)
    return begin, end
