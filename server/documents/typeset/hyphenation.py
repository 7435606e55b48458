"""Places where a German word may be divided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import pyphen

_WORD: Final = re.compile(r"[^\W\d_]{7,60}")
_KEEP: Final = 3
"""Letters that stay together at either end of a word."""


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="de_DE", left=_KEEP, right=_KEEP)


@lru_cache(maxsize=20_000)
def _positions(word: str) -> tuple[int, ...]:
    return tuple(int(position) for position in _dictionary().positions(word))


def hyphenation_points(text: str) -> Iterator[int]:
    """Indices before which the line may end with a hyphen."""
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isupper():
            continue
        for position in _positions(word):
            yield match.start() + position
