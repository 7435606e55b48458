"""Which blocks of two texts belong together.

Equal blocks that stand once in either text are anchors (patience); between them equal ends, then blocks that
share words, in order. No step is quadratic in texts of the length that people write.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

SIMILAR: Final = 0.4
"""Blocks that share less than this part of their words are one removed and one added."""
SURE: Final = 0.7
"""Blocks that share that much are the same, whatever else there is."""
BAND: Final = 12
"""How far from where it would be expected a block is looked for."""
MAX_PAIRS: Final = 250_000
"""Blocks times blocks of one stretch that are still paired."""

Pair = tuple[int, int]


def match_equal(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Increasing in both."""
    found: list[Pair] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i, j, m, n = waiting.pop()
        while i < j and m < n and old[i] == new[m]:
            found.append((i, m))
            i, m = i + 1, m + 1
        while i < j and m < n and old[j - 1] == new[n - 1]:
            j, n = j - 1, n - 1
            found.append((j, n))
        anchors = _anchors(old, new, (i, j, m, n))
        for a, b in anchors:
            waiting.append((i, a, m, b))
            i, m = a, b
        if anchors:
            waiting.append((i, j, m, n))
    return sorted(found)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], part: tuple[int, int, int, int]) -> list[Pair]:
    """The longest increasing run of blocks that stand once on both sides."""
    i, j, m, n = part
    left, right = Counter(old[i:j]), Counter(new[m:n])
    places = {new[at]: at for at in range(m, n)}
    once = [(at, places[old[at]]) for at in range(i, j) if left[old[at]] == right[old[at]] == 1]
    return _longest_increasing(once)


def _longest_increasing(pairs: Sequence[Pair]) -> list[Pair]:
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(at_end[length - 1] if length else -1)
        ends[length:] = [place]
        at_end[length:] = [number]
    found: list[Pair] = []
    number = at_end[-1] if at_end else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def pair_similar(count: int, other: int, similarity: Callable[[int, int], float]) -> list[Pair]:
    """Of a stretch of `count` old and `other` new blocks: those that are surely the same at its beginning and
    its end, and between them the pairs whose likeness adds up to the most."""
    most, head, tail = min(count, other), 0, 0
    while head < most and similarity(head, head) >= SURE:
        head += 1
    while tail < most - head and similarity(count - 1 - tail, other - 1 - tail) >= SURE:
        tail += 1
    middle = _pair_best(count - head - tail, other - head - tail, lambda i, j: similarity(head + i, head + j))
    return [
        *((at, at) for at in range(head)),
        *((head + i, head + j) for i, j in middle),
        *((count - at, other - at) for at in range(tail, 0, -1)),
    ]


def _pair_best(count: int, other: int, similarity: Callable[[int, int], float]) -> list[Pair]:
    if not count or not other or count * other > MAX_PAIRS:
        return []
    width = other + 1
    best = [0.0] * width
    ways = bytearray((count + 1) * width)
    for i in range(1, count + 1):
        row = [0.0] * width
        expected = i * other // count
        for j in range(1, width):
            value, way = (best[j], 1) if best[j] >= row[j - 1] else (row[j - 1], 2)
            if abs(j - expected) <= BAND:
                likeness = similarity(i - 1, j - 1)
                if likeness >= SIMILAR and best[j - 1] + likeness > value:
                    value, way = best[j - 1] + likeness, 3
            row[j], ways[i * width + j] = value, way
        best = row
    return list(_walked_back(ways, count, other))[::-1]


def _walked_back(ways: bytearray, i: int, j: int) -> Iterator[Pair]:
    width = j + 1
    while i and j:
        match ways[i * width + j]:
            case 1:
                i -= 1
            case 2:
                j -= 1
            case _:
                i, j = i - 1, j - 1
                yield i, j
