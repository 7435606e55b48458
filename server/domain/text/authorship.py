"""Who shaped what: for which municipality the words of a text were written.

Municipalities speak, not persons: whoever wrote is known by the municipality they write for. Words that were
proposed and accepted count for who proposed them; what is merely proposed counts for nobody yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from server.domain.text.checkpoints import EMBEDDED
from server.domain.text.comparing.words import WordChange
from server.domain.text.live_text import LiveBlock

COORDINATION: Final = ""
STARTER: Final = "*"
"""The text that the declaration began with."""

Strand = tuple[str, int]
"""A municipality's key, COORDINATION or STARTER; and how many letters in a row are theirs."""
Strands = tuple[Strand, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """`percent` of all letters; the shares of a text add up to 100."""

    key: str
    letters: int
    percent: int


def attribute(blocks: Iterable[LiveBlock], written: Iterable[tuple[str, str]]) -> list[Strands]:
    """For each block of the settled text, in its order. `written`: whose key, and letters with line feeds,
    in the order of the live text."""
    source, found, open_strands = _Source(written), list[Strands](), list[Strand]()
    for block in blocks:
        for run in block.runs:
            strands = source.take(len(run.text) - run.text.count(EMBEDDED))
            if not any(key.startswith("ins:") for key in run.marks):
                open_strands += strands
        source.take(1)
        if not any(key.startswith("ins:") for key in block.suggested):
            found.append(tuple(open_strands))
            open_strands = []
    return [*found, tuple(open_strands)] if open_strands else found


class _Source:
    """Letters, taken from the front."""

    def __init__(self, written: Iterable[tuple[str, str]]) -> None:
        self._rest = [(key, len(letters)) for key, letters in written][::-1]

    def take(self, count: int) -> list[Strand]:
        taken: list[Strand] = []
        while count > 0 and self._rest:
            key, length = self._rest.pop()
            part = min(count, length)
            taken.append((key, part))
            if length > part:
                self._rest.append((key, length - part))
            count -= part
        return taken


def letters_by(strands: Iterable[Strand]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for key, length in strands:
        counts[key] += length
    return counts


def shares_of(counts: Counter[str]) -> list[Share]:
    """The largest first. What rounding leaves goes to those that lose most by it."""
    total = counts.total()
    if not total:
        return []
    exact = {key: 100 * letters / total for key, letters in counts.items()}
    whole = {key: int(value) for key, value in exact.items()}
    by_loss = sorted(exact, key=lambda key: (whole[key] - exact[key], key))
    for key in by_loss[: 100 - sum(whole.values())]:
        whole[key] += 1
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return [Share(key, counts[key], whole[key]) for key in ranked]


def who_added(strands: Strands, words: Sequence[WordChange]) -> Counter[str]:
    """Whose the words are that a comparison shows as added to a block."""
    source = _Source((key, " " * length) for key, length in strands)
    counts: Counter[str] = Counter()
    for change in words:
        if change.kind == "removed":
            continue
        taken = source.take(len(change.text))
        if change.kind == "added":
            counts += letters_by(taken)
    return counts
