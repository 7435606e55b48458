"""Gathers what a reader finds into blocks, and numbers its tracked changes: what one person changed in one
place is one proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final, Literal

from server.domain.text.content import UNSEEN
from server.domain.text.files.errors import MAX_BLOCKS, MAX_LETTERS, BlankFile, LongFile
from server.domain.text.files.manuscript import Loss, LossKind, Manuscript, Remark, by_file, first_words
from server.domain.text.live_text import COMMENT, LiveBlock, LiveRun, Value

MAX_IN_BLOCK: Final = 20_000
MAX_LOSSES: Final = 500
MAX_PROPOSAL: Final = 1_000
"""Letters after which the next paragraph of the same person is a proposal of its own."""
MAX_OPEN: Final = 100
"""Comments on one letter: the room takes no more than twice as many."""
_DROPPED: Final = re.compile(f"{UNSEEN.pattern}|[\u00ad\u200b]")
_SPACE: Final = re.compile("[\t\n\r\u2029]")

Kind = tuple[str, int]
"""Kind and level of a block."""


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change as the file names it. `at`: seconds since 1970, 0 for unknown. `move`: what was taken
    away in one place and put down in another has the same name."""

    type: Literal["ins", "del"]
    author: str
    at: int
    move: str = ""


class Collector:
    """Call in the order of the text. Raises LongFile."""

    def __init__(self) -> None:
        self.losses: list[Loss] = []
        self._blocks: list[LiveBlock] = []
        self._runs: list[LiveRun] = []
        self._open: dict[str, None] = {}
        self._spoken: set[str] = set()
        self._near: dict[str, str] = {}
        self._moves: dict[tuple[str, str], str] = {}
        self._lengths: dict[str, int] = {}
        self._letters = self._in_block = 0

    @property
    def position(self) -> int:
        """Letters and ends of blocks so far."""
        return self._letters + len(self._blocks)

    def letters(self, text: str, marks: Mapping[str, Value], changes: Sequence[Change] = ()) -> None:
        text = _DROPPED.sub("", _SPACE.sub(" ", text))
        if not text:
            return
        changes = _latest(changes)
        if _undone(changes):
            return
        self._count(text)
        spoken = list(self._open)[:MAX_OPEN]
        comments: dict[str, Value] = {f"{COMMENT}{mark}": True for mark in spoken}
        self._spoken.update(spoken)
        attributes = {**marks, **comments, **self._keys(changes, len(text))}
        if self._runs and self._runs[-1].marks == attributes:
            text = self._runs.pop().text + text
        self._runs.append(LiveRun(text, attributes))

    def end_block(
        self, kind: Kind, changes: Sequence[Change] = (), proposed: tuple[Kind, Change] | None = None
    ) -> None:
        """`kind` without the `proposed` one."""
        changes = _latest(changes)
        if _undone(changes):
            return
        suggested = self._keys(changes, 1)
        if proposed and proposed[0] != kind and not suggested:
            (name, level), change = proposed
            key = f"kind:{self._new()}"
            suggested[key] = f"{name}:{level}|{by_file(change.author, change.at)}"
        self._blocks.append(LiveBlock(*kind, tuple(self._runs), suggested))
        self._runs, self._in_block = [], 0
        self._near = {name: near for name, near in self._near.items() if self._lengths[near] <= MAX_PROPOSAL}
        if len(self._blocks) > MAX_BLOCKS:
            raise LongFile()

    def open_remark(self, mark: str) -> None:
        self._open[mark] = None

    def close_remark(self, mark: str) -> None:
        """One that spoke of no letters is about the word before it."""
        self._open.pop(mark, None)
        if mark not in self._spoken and self._runs:
            self._spoken.add(mark)
            last = self._runs.pop()
            head, word = _last_word(last.text)
            if head:
                self._runs.append(LiveRun(head, last.marks))
            self._runs.append(LiveRun(word, {**last.marks, f"{COMMENT}{mark}": True}))

    def lose(self, kind: LossKind, words: str = "", *, joins: bool = False) -> None:
        """Without words of its own: found again by those before it. `joins`: goes on with the one before."""
        if joins and self.losses and self.losses[-1].kind is kind:
            words = self.losses.pop().words + words
        if len(self.losses) < MAX_LOSSES:
            self.losses.append(Loss(kind, first_words(words or self._before())))

    def _before(self) -> str:
        words = "".join(run.text for run in self._runs)
        if not words.strip() and self._blocks:
            words = "".join(run.text for run in self._blocks[-1].runs)
        return "… " + words.strip()[-60:] if words.strip() else ""

    def finish(self, remarks: Iterable[Remark]) -> Manuscript:
        """Raises BlankFile."""
        if self._runs:
            self.end_block(("paragraph", 0))
        if not any(run.text.strip() for block in self._blocks for run in block.runs):
            raise BlankFile()
        kept = []
        for remark in remarks:
            if remark.mark in self._spoken:
                kept.append(remark)
            else:
                self.lose(LossKind.REMARK, remark.words)
        marks = {f"{COMMENT}{remark.mark}" for remark in kept}
        blocks = tuple(_without_answers(block, marks) for block in self._blocks)
        return Manuscript(blocks, tuple(kept), tuple(self.losses))

    def _count(self, text: str) -> None:
        units = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
        self._letters += units
        self._in_block += units
        if self._letters > MAX_LETTERS or self._in_block > MAX_IN_BLOCK:
            raise LongFile()

    def _keys(self, changes: Sequence[Change], length: int) -> dict[str, Value]:
        """The marks of one stretch; what the same person changed right before it belongs to it."""
        keys: dict[str, Value] = {}
        near: dict[str, str] = {}
        for change in changes:
            number = self._number(change)
            self._lengths[number] = self._lengths.get(number, 0) + length
            keys[f"{change.type}:{number}"] = by_file(change.author, change.at)
            if not change.move:
                near[change.author] = number
        self._near = near
        return keys

    def _number(self, change: Change) -> str:
        if change.move:
            return self._moves.setdefault((change.author, change.move), self._new())
        return self._near.get(change.author) or self._new()

    def _new(self) -> str:
        number = str(len(self._lengths) + 1)
        self._lengths[number] = 0
        return number


def _latest(changes: Sequence[Change]) -> tuple[Change, ...]:
    """One of each type: the innermost."""
    return tuple({change.type: change for change in changes}.values())


def _undone(changes: Sequence[Change]) -> bool:
    """Somebody took back what they had put in themselves."""
    return len(changes) == 2 and changes[0].author == changes[1].author


def _without_answers(block: LiveBlock, marks: Set[str]) -> LiveBlock:
    """The letters carry the threads only, not each answer in them."""
    runs: list[LiveRun] = []
    for run in block.runs:
        kept = {key: value for key, value in run.marks.items() if not key.startswith(COMMENT) or key in marks}
        if runs and runs[-1].marks == kept:
            runs.append(LiveRun(runs.pop().text + run.text, kept))
        else:
            runs.append(LiveRun(run.text, kept))
    return LiveBlock(block.kind, block.level, tuple(runs), block.suggested)


def _last_word(text: str) -> tuple[str, str]:
    found = re.search(r"\S+\s*$", text)
    at = found.start() if found else 0
    return text[:at], text[at:]
