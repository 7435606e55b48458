"""Two texts side by side, letter by letter: lines first, then words where lines differ.

Bounded: aligning words costs their number times that of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final, NamedTuple

MAX_PAIRS: Final = 4_000_000
"""Words of one text times words of the other that are compared in one stretch."""
SIMILAR: Final = 0.3
"""Words in common by which one line is the other's successor."""
_WORD: Final = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")


class Match(NamedTuple):
    """`length` letters are the same from there on. The last match has none and stands at both ends."""

    old: int
    new: int
    length: int


def align(old: str, new: str) -> Iterator[Match]:
    before, after = _lines(old), _lines(new)
    starts, news = _starts(before), _starts(after)
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Match(starts[i], news[m], starts[j] - starts[i])
        elif tag == "replace":
            yield from _changed(before[i:j], after[m:n], starts[i], news[m])
    yield Match(len(old), len(new), 0)


def slide(matches: Sequence[Match], old: str, inserted: Mapping[int, str]) -> list[Match]:
    """Words that only the old text has can often stand a few letters further on just as well, as in
    "Wir [alle ]sind" and "Wir[ alle] sind". Where the new text had them inserted, that place is taken
    (`inserted`: by the letter in front of which).
    """
    slid = list(matches)
    for n in range(1, len(slid)):
        before, after = slid[n - 1], slid[n]
        if before.new + before.length != after.new:
            continue
        start = before.old + before.length
        for step in range(-before.length, after.length + 1):
            if inserted.get(after.new + step) == old[start + step : after.old + step] and _is_same(
                old, start, after.old, step
            ):
                slid[n - 1] = Match(before.old, before.new, before.length + step)
                slid[n] = Match(after.old + step, after.new + step, after.length - step)
                break
    return slid


def _is_same(old: str, start: int, end: int, step: int) -> bool:
    """Whether the gap from `start` to `end` says the same when it stands `step` letters further on."""
    if step < 0:
        return old[start + step : start] == old[end + step : end]
    return old[start : start + step] == old[end : end + step]


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+$", text)


def _starts(parts: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, parts))]


def _changed(old: Sequence[str], new: Sequence[str], at: int, new_at: int) -> Iterator[Match]:
    """Pairs the lines that are alike, in order; the rest came or went."""
    rest = [_words(line) for line in old]
    if sum(map(len, rest)) * sum(map(len, map(_words, new))) > MAX_PAIRS:
        return
    for line in new:
        words = _words(line)
        likeness = [_likeness(other, words) for other in rest]
        best = max(range(len(rest)), key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] >= SIMILAR:
            at += sum(len(word) for other in rest[:best] for word in other)
            yield from _same_words(rest[best], words, at, new_at)
            at += sum(map(len, rest[best]))
            rest = rest[best + 1 :]
        new_at += len(line)


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """Between 0 and 1, by shared words."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0


def _same_words(old: Sequence[str], new: Sequence[str], at: int, new_at: int) -> Iterator[Match]:
    starts, news = _starts(old), _starts(new)
    for i, m, count in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if any(word.strip() or word == "\n" for word in old[i : i + count]):
            yield Match(at + starts[i], new_at + news[m], starts[i + count] - starts[i])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
