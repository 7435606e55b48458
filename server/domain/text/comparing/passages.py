"""A comparison as it is read: numbered changes, each with its place, and what is the same folded between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from server.domain.text.comparing.moves import find_moves
from server.domain.text.comparing.places import Place, name_places, spans
from server.domain.text.comparison import BlockChange, compare
from server.domain.text.content import Block, Content

PassageKind = Literal["added", "removed", "replaced", "reshaped", "moved", "moved_away"]
"""`reshaped`: the same words, but another kind of block or other marks. `moved_away` is where something that
moved stood before: it has no number of its own."""


@dataclass(frozen=True, slots=True)
class Passage:
    """`number` counts the changes from 1; both ends of a move have that of the new place. `at_old` and
    `at_new`: which block it is, from 0. `elsewhere`: the other end of a move."""

    kind: PassageKind
    number: int
    change: BlockChange
    at_old: int | None
    at_new: int | None
    place: Place
    elsewhere: Place | None = None
    folded: Literal[False] = False


@dataclass(frozen=True, slots=True)
class Fold:
    """What is the same. `clauses`: first and last number where it holds nothing else, `formerly`: the old
    ones where they differ."""

    blocks: Sequence[Block]
    clauses: tuple[str, str] | None
    formerly: tuple[str, str] | None
    folded: Literal[True] = True


Part = Passage | Fold


@dataclass(frozen=True, slots=True)
class _Located:
    change: BlockChange
    at_old: int | None
    at_new: int | None


def list_parts(old: Content, new: Content) -> list[Part]:
    """Of the whole text, in the order of the new one."""
    changes = compare(old, new)
    located = _locate(changes)
    before, after = name_places(old), name_places(new)
    away = find_moves(changes)
    here = {new_end: old_end for old_end, new_end in away.items()}
    numbers = _numbers(changes, away)
    parts: list[Part] = []
    for is_same, group in groupby(range(len(changes)), key=lambda at: changes[at].kind == "same"):
        indexes = list(group)
        if is_same:
            parts.append(_fold([located[at] for at in indexes], before, after))
            continue
        for at in indexes:
            end = here.get(at, away.get(at))
            elsewhere = _place(located[end], before, after) if end is not None else None
            place = _place(located[at], before, after)
            kind: PassageKind = "moved_away" if at in away else "moved" if at in here else _kind(changes[at])
            where = located[at]
            parts.append(
                Passage(kind, numbers[at], changes[at], where.at_old, where.at_new, place, elsewhere)
            )
    return parts


def count_kinds(parts: Sequence[Part]) -> dict[PassageKind, int]:
    """How many changes of each kind, in the order in which they are told."""
    kinds: tuple[PassageKind, ...] = ("added", "removed", "replaced", "reshaped", "moved")
    found = [part.kind for part in parts if not part.folded]
    return {kind: found.count(kind) for kind in kinds if kind in found}


def _locate(changes: Sequence[BlockChange]) -> list[_Located]:
    found, i, m = [], 0, 0
    for change in changes:
        found.append(_Located(change, i if change.old else None, m if change.new else None))
        i, m = i + bool(change.old), m + bool(change.new)
    return found


def _numbers(changes: Sequence[BlockChange], away: Mapping[int, int]) -> dict[int, int]:
    counted = [at for at, change in enumerate(changes) if change.kind != "same" and at not in away]
    numbers = {at: number for number, at in enumerate(counted, 1)}
    return numbers | {old_end: numbers[new_end] for old_end, new_end in away.items()}


def _place(where: _Located, before: Sequence[Place], after: Sequence[Place]) -> Place:
    if where.at_new is not None:
        return after[where.at_new]
    return before[where.at_old or 0]


def _kind(change: BlockChange) -> PassageKind:
    if change.kind == "added":
        return "added"
    if change.kind == "removed":
        return "removed"
    kinds = {word.kind for word in change.words}
    if kinds <= {"same"}:
        return "reshaped"
    if kinds == {"same", "added"}:
        return "added"
    return "removed" if kinds == {"same", "removed"} else "replaced"


def _fold(group: Sequence[_Located], before: Sequence[Place], after: Sequence[Place]) -> Fold:
    blocks = [where.change.new for where in group if where.change.new]
    now = spans(blocks, [after[where.at_new or 0] for where in group])
    then = spans(blocks, [before[where.at_old or 0] for where in group])
    return Fold(blocks, now, then if then != now else None)
