"""Gegenüberstellung: what changed between two texts, block by block and word by word.

Blocks are aligned first, words inside changed blocks second: aligning the words of the whole text at
once is fifty times slower and finds chance agreements across paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from server.domain.text.comparing.alignment import SIMILAR, match_equal, pair_similar
from server.domain.text.comparing.words import BLANKS, WordChange, spaced, words
from server.domain.text.content import HARD_BREAK, Block, Content, Run

_WORD: Final = re.compile(r"\w+")
_ODD_SPACES: Final = re.compile(rf"[^\S {HARD_BREAK}]|  | {HARD_BREAK}|{HARD_BREAK} ")


@dataclass(frozen=True, slots=True)
class BlockChange:
    """`words` are given for "changed" blocks only."""

    kind: Literal["same", "changed", "added", "removed"]
    old: Block | None
    new: Block | None
    words: tuple[WordChange, ...] = ()


def compare(old: Content, new: Content) -> tuple[BlockChange, ...]:
    return tuple(_blocks(old.blocks, new.blocks))


def changed_only(changes: Sequence[BlockChange]) -> tuple[BlockChange, ...]:
    return tuple(change for change in changes if change.kind != "same")


def _blocks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[BlockChange]:
    i = m = 0
    for a, b in match_equal([unnumbered(block) for block in old], [unnumbered(block) for block in new]):
        yield from _replaced(old[i:a], new[m:b])
        yield BlockChange("same", old[a], new[b])
        i, m = a + 1, b + 1
    yield from _replaced(old[i:], new[m:])


def unnumbered(block: Block) -> tuple[object, ...]:
    """A clause that only got another number because one was added above it has not changed, and neither has a
    block in which only spaces were doubled, or exchanged for others."""
    return block.kind, block.level, _spaced(block.runs)


def _spaced(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """As `spaced`, over the edges of runs too."""
    text = "".join(run.text for run in runs)
    if not _ODD_SPACES.search(text) and text == text.strip(BLANKS):
        return runs
    found, end = list[Run](), " "
    for run in runs:
        inner = spaced(run.text)
        inner = inner.lstrip(" ") if end in (" ", HARD_BREAK) else inner
        end = inner[-1:] or end
        found.append(replace(run, text=inner))
    return tuple(run for run in _without_last_blanks(found) if run.text)


def _without_last_blanks(runs: list[Run]) -> list[Run]:
    while runs and not runs[-1].text.rstrip(" "):
        runs.pop()
    return [*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip(" "))] if runs else []


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> Iterator[BlockChange]:
    """Pairs the blocks that are alike, in order; the rest came or went."""
    left, right = [_bag(block) for block in old], [_bag(block) for block in new]
    i = m = 0

    def likeness(a: int, b: int) -> float:
        shared = _likeness(left[a], right[b])
        if 0 < shared < SIMILAR and (left[a] <= right[b] or right[b] <= left[a]):
            return SIMILAR if _has_grown(old[a], new[b]) else shared
        return shared

    for a, b in pair_similar(len(old), len(new), likeness):
        yield from _gone_and_come(old[i:a], new[m:b])
        yield BlockChange("changed", old[a], new[b], words(old[a].text, new[b].text))
        i, m = a + 1, b + 1
    yield from _gone_and_come(old[i:], new[m:])


def _gone_and_come(old: Sequence[Block], new: Sequence[Block]) -> Iterator[BlockChange]:
    yield from (BlockChange("added", None, block) for block in new)
    yield from (BlockChange("removed", block, None) for block in old)


def _bag(block: Block) -> frozenset[str]:
    return frozenset(_WORD.findall(block.text))


def _has_grown(old: Block, new: Block) -> bool:
    """One stands whole at the beginning or the end of the other: "Beitritt", "Beitritt weiterer Städte"."""
    short, long = sorted((old.text.strip(), new.text.strip()), key=len)
    return old.kind == new.kind and (long.startswith(short) or long.endswith(short))


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """Between 0 and 1, by shared words."""
    return 2 * len(old & new) / (len(old) + len(new)) if old and new else 0.0
