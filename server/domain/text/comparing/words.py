"""What changed between two wordings of one block, word by word.

A unit is a word or a punctuation mark with the white space before it; units are compared by their words.
How many spaces stand between two words and of which kind is no change: typing help puts some in, a doubled
one is a slip, and nobody could see its mark. Whether there is a space at all, or a new line, is one: it is
marked together with the word behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Final, Literal

from server.domain.text.content import HARD_BREAK

MAX_PRODUCT: Final = 4_000_000
"""Units times units up to which they are aligned; beyond, the whole middle is replaced."""
_UNIT: Final = re.compile(r"(\s*)(\w+|[^\w\s]|\Z)")
_SPACES: Final = re.compile(r"[^\S\u2028]+")
_EDGE: Final = " \t\u00a0\u2009\u202f"
_AROUND_BREAK: Final = re.compile(rf" ?{HARD_BREAK} ?")

Unit = tuple[str, str]
"""White space before, and the word."""


@dataclass(frozen=True, slots=True)
class WordChange:
    kind: Literal["same", "added", "removed"]
    text: str


def spaced(text: str) -> str:
    """Without what is no change: one plain space wherever there are some, none where a line ends."""
    text = _SPACES.sub(" ", text)
    return _AROUND_BREAK.sub(HARD_BREAK, text) if HARD_BREAK in text else text


def words(old: str, new: str) -> tuple[WordChange, ...]:
    """In reading order; what was added stands before what was removed in its place."""
    trimmed = new.strip(_EDGE)
    begin = new.find(trimmed)
    inner = _changes(split(old.strip(_EDGE)), split(trimmed))
    edges = WordChange("same", new[:begin]), WordChange("same", new[begin + len(trimmed) :])
    return tuple(_joined((edges[0], *inner, edges[1])))


def split(text: str) -> list[Unit]:
    return [unit for unit in _UNIT.findall(text) if unit != ("", "")]


def _changes(old: list[Unit], new: list[Unit]) -> Iterator[WordChange]:
    was, now = [word for _, word in old], [word for _, word in new]
    for a, b in _steps(was, now):
        before, after = old[a.start : a.stop], new[b.start : b.stop]
        if before == after:  # spaces too: most of a text
            yield WordChange("same", _text(after))
        elif was[a.start : a.stop] == now[b.start : b.stop]:
            for left, right in zip(before, after, strict=True):
                yield from _same(left, right)
        else:
            yield from _replaced(before, after)


def _same(old: Unit, new: Unit) -> Iterator[WordChange]:
    if spaced(old[0]) != spaced(new[0]):
        yield WordChange("added", "".join(new))
        yield WordChange("removed", "".join(old))
    else:
        yield WordChange("same", "".join(new))


def _replaced(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[WordChange]:
    """The space before both stays outside, so that only words are marked."""
    removed, added = _text(old), _text(new)
    if old and new and old[0][0] == new[0][0]:
        space = old[0][0]
        yield WordChange("same", space)
        removed, added = removed[len(space) :], added[len(space) :]
    yield WordChange("added", added)
    yield WordChange("removed", removed)


def _text(units: Iterable[Unit]) -> str:
    return "".join(chain.from_iterable(units))


Step = tuple[range, range]
"""Units of the old and of the new wording: equal ones, or those that stand in each other's place."""


def _steps(old: list[str], new: list[str]) -> Iterator[Step]:
    begin, end = _equal_ends(old, new)
    yield range(begin), range(begin)
    yield from _middle(old[begin : len(old) - end], new[begin : len(new) - end], begin)
    yield range(len(old) - end, len(old)), range(len(new) - end, len(new))


def _equal_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words are equal at the beginning, and at the end of the rest."""
    most = min(len(old), len(new))
    begin = end = 0
    while begin < most and old[begin] == new[begin]:
        begin += 1
    while end < most - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    return begin, end


def _middle(old: list[str], new: list[str], at: int) -> Iterator[Step]:
    if not old or not new or len(old) * len(new) > MAX_PRODUCT:
        yield range(at, at + len(old)), range(at, at + len(new))
        return
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for i, j, m, n in _without_lone_words([step[1:] for step in steps], [step[0] for step in steps]):
        yield range(at + i, at + j), range(at + m, at + n)


def _without_lone_words(
    steps: list[tuple[int, int, int, int]], tags: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """A single word that two replacements happen to share belongs to them: one is easier to read than two."""
    kept: list[tuple[int, int, int, int]] = []
    joins = False
    for number, (i, j, m, n) in enumerate(steps):
        lone = tags[number] == "equal" and j - i == 1
        if lone and tags[number - 1 : number + 2 : 2] == ["replace", "replace"] and number:
            joins = True
            continue
        first = kept.pop() if joins else (i, j, m, n)
        joins = False
        kept.append((first[0], j, first[2], n))
    return iter(kept)


def _joined(changes: Iterable[WordChange]) -> Iterator[WordChange]:
    """Stretches of one kind as one; between two that stay, what was added comes first."""
    texts: dict[str, list[str]] = {"added": [], "removed": []}
    same: list[str] = []
    for change in changes:
        if not change.text:
            continue
        if change.kind == "same":
            yield from _taken(texts)
            same.append(change.text)
        else:
            if same:
                yield WordChange("same", "".join(same))
                same = []
            texts[change.kind].append(change.text)
    yield from _taken(texts)
    if same:
        yield WordChange("same", "".join(same))


def _taken(texts: dict[str, list[str]]) -> Iterator[WordChange]:
    for kind in ("added", "removed"):
        if texts[kind]:
            yield WordChange("added" if kind == "added" else "removed", "".join(texts[kind]))
            texts[kind] = []
