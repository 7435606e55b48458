"""Gegenüberstellung: what changed between two revisions, block by block and word by word.

Blocks are aligned first, words inside changed blocks second: aligning the words of the whole text at
once is fifty times slower and finds chance agreements across paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from server.domain.text.content import Block, Content

SIMILAR: Final = 0.4
"""Blocks that share less than this part of their words are one removed and one added."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordChange:
    kind: Literal["same", "added", "removed"]
    text: str


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
    before, after = [_unnumbered(b) for b in old], [_unnumbered(b) for b in new]
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for a, b in zip(old[i:j], new[m:n], strict=True):
                yield BlockChange("same", a, b)
        else:
            yield from _replaced(old[i:j], new[m:n])


def _unnumbered(block: Block) -> tuple[object, ...]:
    """A clause that only got another number because one was added above it has not changed."""
    return block.kind, block.level, block.runs


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> Iterator[BlockChange]:
    """Pairs the blocks that are alike, in order; the rest came or went."""
    rest = list(old)
    for block in new:
        match = max(range(len(rest)), key=lambda k: similarity(rest[k], block), default=None)
        if match is None or similarity(rest[match], block) < SIMILAR:
            yield BlockChange("added", None, block)
            continue
        for gone in rest[:match]:
            yield BlockChange("removed", gone, None)
        yield BlockChange("changed", rest[match], block, tuple(words(rest[match].text, block.text)))
        rest = rest[match + 1 :]
    for gone in rest:
        yield BlockChange("removed", gone, None)


def similarity(old: Block, new: Block) -> float:
    """Between 0 and 1, by shared words."""
    return SequenceMatcher(None, _split(old.text), _split(new.text), autojunk=False).ratio()


def words(old: str, new: str) -> Iterator[WordChange]:
    before, after = _split(old), _split(new)
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield WordChange("same", "".join(before[i:j]))
            continue
        if j > i:
            yield WordChange("removed", "".join(before[i:j]))
        if n > m:
            yield WordChange("added", "".join(after[m:n]))


def _split(text: str) -> list[str]:
    return _WORD.findall(text)
