"""Places where a German word may be divided.

The patterns are pyphen's. Its own reader takes half a second of processor time for the German ones, since it
takes all 70,000 apart; here a pattern is taken apart when a word meets it (Liang, Word Hy-phen-a-tion by
Com-put-er, 1983).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pyphen

_WORD: Final = re.compile(r"[^\W\d_]{7,60}")
_KEEP: Final = 3
"""Letters that stay together at either end of a word."""
_NO_DIGITS: Final = str.maketrans("", "", "0123456789")
_PARTS: Final = re.compile(r"(\d?)(\D?)")


class _Patterns(NamedTuple):
    """`written` are patterns by their letters, `longest` is the number of letters of the longest."""

    written: Mapping[str, str]
    longest: int


@cache
def _patterns() -> _Patterns:
    lines = Path(str(pyphen.LANGUAGES["de_DE"])).read_text(encoding="iso-8859-1").split("\n")[1:]
    stripped = [line.strip() for line in lines if not line.startswith(("#", "%", "COMPOUND"))]
    by_letters = {line.translate(_NO_DIGITS): line for line in stripped}
    written = {letters: line for letters, line in by_letters.items() if letters != line}
    return _Patterns(written, max(map(len, written)))


@lru_cache(maxsize=20_000)
def positions(word: str) -> tuple[int, ...]:
    """Indices before which the word may be divided, at least three letters from either end."""
    found, longest = _patterns()
    dotted = f".{word.lower()}."
    weights = [0] * (len(dotted) + 1)
    for begin in range(len(dotted)):
        for end in range(begin + 1, min(begin + longest, len(dotted)) + 1):
            if pattern := found.get(dotted[begin:end]):
                for at, weight in enumerate(_weights(pattern), begin):
                    weights[at] = max(weights[at], weight)
    return tuple(i for i in range(_KEEP, len(word) - _KEEP + 1) if weights[i + 1] % 2)


@lru_cache(maxsize=20_000)
def _weights(pattern: str) -> tuple[int, ...]:
    """„da1her“ → 0 0 1 0 0 0; without what reaches beyond the pattern's end."""
    parts = _PARTS.findall(pattern)
    weights = [int(digit or "0") for digit, _ in parts]
    while weights and not weights[-1]:
        weights.pop()
    return tuple(weights)


def hyphenation_points(text: str) -> Iterator[int]:
    """Indices before which the line may end with a hyphen."""
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isupper():
            continue
        for position in positions(word):
            yield match.start() + position
