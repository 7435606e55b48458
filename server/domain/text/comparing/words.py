"""What changed between two wordings of one block, word by word.

A unit is a word or a punctuation mark with the white space before it; units are compared by their words.
How many spaces stand between two words and of which kind is no change: typing help puts some in, a doubled
one is a slip, and nobody could see its mark. Whether there is a space at all, or a new line, is one: between
two words that both stay it is marked with the word behind it, beside other changes it goes with them.
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
_SPACES: Final = re.compile(rf"[^\S{HARD_BREAK}]+")
_AROUND_BREAK: Final = re.compile(rf" ?{HARD_BREAK} ?")
BLANKS: Final = " \t\u00a0\u2009\u202f"
"""What nobody sees at the beginning or end of a block."""

Unit = tuple[str, str]
"""White space before, and the word."""


@dataclass(frozen=True, slots=True)
class WordChange:
    kind: Literal["same", "added", "removed"]
    text: str


def spaced(text: str) -> str:
    """With one plain space wherever there are some, and none where a line ends."""
    return _AROUND_BREAK.sub(HARD_BREAK, _SPACES.sub(" ", text))


def words(old: str, new: str) -> tuple[WordChange, ...]:
    """In reading order; what was added stands before what was removed in its place. What is not removed makes
    the new wording, letter by letter; what is not added the old one, but for its spaces."""
    inner = new.strip(BLANKS)
    begin = new.find(inner)
    changes = _changes(split(old.strip(BLANKS)), split(inner))
    before, behind = WordChange("same", new[:begin]), WordChange("same", new[begin + len(inner) :])
    return tuple(_joined((before, *changes, behind)))


def split(text: str) -> list[Unit]:
    return [unit for unit in _UNIT.findall(text) if unit != ("", "")]


def _changes(old: list[Unit], new: list[Unit]) -> Iterator[WordChange]:
    was, now = [word for _, word in old], [word for _, word in new]
    stays = True
    for a, b in _steps(was, now):
        before, after = old[a.start : a.stop], new[b.start : b.stop]
        if before == after:  # spaces too: most of a text
            yield WordChange("same", _text(after))
            stays = stays or bool(after)
        elif was[a.start : a.stop] == now[b.start : b.stop]:
            for left, right in zip(before, after, strict=True):
                yield from _kept(left, right, stays)
                stays = True
        else:
            yield WordChange("added", _text(after))
            yield WordChange("removed", _text(before))
            stays = False


def _kept(old: Unit, new: Unit, stays: bool) -> Iterator[WordChange]:
    """A word of both. `stays`: so does the one before."""
    if old[0] == new[0] or spaced(old[0]) == spaced(new[0]):
        yield WordChange("same", "".join(new))
    elif stays:
        yield WordChange("added", "".join(new))
        yield WordChange("removed", "".join(old))
    else:
        yield WordChange("added", new[0])
        yield WordChange("removed", old[0])
        yield WordChange("same", new[1])


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
    texts: dict[str, list[str]] = {"same": [], "added": [], "removed": []}
    for change in changes:
        if not change.text:
            continue
        if change.kind == "same" and (texts["added"] or texts["removed"]):
            yield from _told(*("".join(parts) for parts in texts.values()))
            texts = {kind: [] for kind in texts}
        texts[change.kind].append(change.text)
    yield from _told(*("".join(parts) for parts in texts.values()))


def _told(same: str, added: str, removed: str) -> Iterator[WordChange]:
    """The space before both stays outside, so that only words are marked."""
    come, gone = _gap(added), _gap(removed)
    if added and removed and spaced(come) == spaced(gone):
        same, added, removed = same + come, added[len(come) :], removed[len(gone) :]
    if same:
        yield WordChange("same", same)
    if added:
        yield WordChange("added", added)
    if removed:
        yield WordChange("removed", removed)


def _gap(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]
