"""A file's text as proposals to the live one.

Both texts are laid side by side as they are without any proposal. Where they agree, what the file tracks is
proposed at the same letters; where they differ, somebody has changed the file without tracking, and that is
proposed too. What the live text proposes already is not proposed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from pycrdt import Doc, Text

from server.domain.text.files.aligning import Match, align, slide
from server.domain.text.files.manuscript import author_of
from server.domain.text.live_text import COMMENT, LiveBlock, Value
from server.sync.importing.units import Unit, copy_of, end_last_block, units_in, units_of
from server.sync.projection import TEXT


@dataclass(frozen=True, slots=True)
class Untracked:
    """Of changes that the file does not name. `value`: whose; `stem`: what their ids begin with."""

    value: str
    stem: str


_COUNTED: Final = "untracked"


@dataclass(slots=True)
class _Edits:
    """In the order of the text, by place in bytes."""

    inserts: list[tuple[int, str, dict[str, Value]]] = field(default_factory=list)
    formats: list[tuple[int, int, dict[str, Value]]] = field(default_factory=list)

    def insert(self, at: int, unit: Unit, marks: dict[str, Value]) -> None:
        if self.inserts and self.inserts[-1][0] == at and self.inserts[-1][2] == marks:
            at, letters, marks = self.inserts.pop()
            self.inserts.append((at, letters + unit.letter, marks))
        else:
            self.inserts.append((at, unit.letter, marks))

    def format(self, unit: Unit, marks: dict[str, Value]) -> None:
        if self.formats and self.formats[-1][1] == unit.start and self.formats[-1][2] == marks:
            start, _, marks = self.formats.pop()
            self.formats.append((start, unit.end, marks))
        else:
            self.formats.append((unit.start, unit.end, marks))


def proposing_update(doc: Doc[Text], blocks: Sequence[LiveBlock], untracked: Untracked) -> bytes | None:
    """None: the file proposes nothing that is not there."""
    copy, before = copy_of(doc)
    text = copy.get(TEXT, type=Text)
    with copy.transaction():
        end_last_block(text)
        edits = _Merge(list(units_of(text)), list(units_in(_without_blanks(blocks))), untracked).edits()
        for start, end, marks in edits.formats:
            text.format(start, end, dict(marks))
        for at, letters, marks in reversed(edits.inserts):
            text.insert(at, letters, dict(marks))
    return copy.get_update(before) if edits.formats or edits.inserts else None


def count_untracked(doc: Doc[Text], blocks: Sequence[LiveBlock]) -> int:
    """In how many places a file differs without tracking it."""
    copy, _ = copy_of(doc)
    text = copy.get(TEXT, type=Text)
    end_last_block(text)
    nobody = Untracked(_COUNTED, "")
    edits = _Merge(list(units_of(text)), list(units_in(_without_blanks(blocks))), nobody).edits()
    changes = [marks for *_, marks in (*edits.inserts, *edits.formats)]
    return len(
        {key.partition(":")[2] for marks in changes for key, value in marks.items() if _is_of(value, nobody)}
    )


def _is_of(value: Value, untracked: Untracked) -> bool:
    return isinstance(value, str) and (value == untracked.value or value.endswith(f"|{untracked.value}"))


class _Merge:
    def __init__(self, present: Sequence[Unit], file: Sequence[Unit], untracked: Untracked) -> None:
        self._untracked = untracked
        self._file = file
        self._standing = [unit for unit in present if not unit.is_new]
        self._gaps = _inserted_after(present)
        self._number = 0
        self._edits = _Edits()

    def edits(self) -> _Edits:
        base = [(place, unit) for place, unit in enumerate(self._file) if not unit.is_new]
        old, new = _words(self._standing), _words([unit for _, unit in base])
        done = last = 0
        for match in slide(list(align(old, new)), old, _inserted_before(self._file)):
            until = base[match.new][0] if match.new < len(base) else len(self._file)
            self._gap(match, last, done, until)
            last = match.old + match.length
            for step in range(match.length):
                place, unit = base[match.new + step]
                if step and place > done:
                    self._insertions(match.old + step, done, place)
                if unit.marks:
                    self._agree(self._standing[match.old + step], unit)
                done = place + 1
        return self._edits

    def _gap(self, match: Match, last: int, done: int, until: int) -> None:
        """What stands between two stretches that agree: ours goes, the file's comes."""
        gone = [at for at in range(last, match.old) if not self._is_blank(at)]
        came = [unit for unit in self._file[done:until] if unit.is_new]
        if gone and _words(came) == _words([self._standing[at] for at in gone]):
            return  # proposed when the file was made, and accepted since
        self._number += 1
        number = f"{self._untracked.stem}{self._number}"
        for at in gone:
            if not self._standing[at].has("del"):
                self._edits.format(self._standing[at], {f"del:{number}": self._untracked.value})
        self._insertions(match.old, done, until, number)

    def _is_blank(self, at: int) -> bool:
        """The end of an empty block: files are taken without those."""
        is_end = self._standing[at].letter == "\n"
        return is_end and (at == 0 or self._standing[at - 1].letter == "\n")

    def _insertions(self, before: int, done: int, until: int, number: str = "") -> None:
        """The file's letters between two places, in front of our letter `before`."""
        units = self._file[done:until]
        at = self._standing[before - 1].end if before else 0
        for tracked, group in groupby(units, key=lambda unit: unit.is_new):
            run = list(group)
            if tracked and self._stands_already(before, run):
                continue
            for unit in run:
                marks = dict(unit.marks)
                if not tracked:
                    if unit.has("del"):
                        continue  # it is neither in our text nor will it be in theirs
                    marks[f"ins:{number}"] = self._untracked.value
                self._edits.insert(at, unit, marks)

    def _stands_already(self, before: int, run: Sequence[Unit]) -> bool:
        """Somebody's proposal that went out with the file and comes back."""
        return (_words(run), _time(run[0], "ins")) in self._gaps.get(before, ())

    def _agree(self, ours: Unit, theirs: Unit) -> None:
        marks: dict[str, Value] = {
            key: value
            for key, value in theirs.marks.items()
            if (key.startswith(COMMENT) and key not in ours.marks)
            or (key.startswith("del:") and _time(ours, "del") != _time(theirs, "del"))
        }
        if ours.letter == "\n":
            marks |= self._kind(ours, theirs)
        if marks:
            self._edits.format(ours, marks)

    def _kind(self, ours: Unit, theirs: Unit) -> dict[str, Value]:
        """A file that calls a block a mere paragraph says nothing: many programs know nothing else."""
        tracked = {key: value for key, value in theirs.marks.items() if key.startswith("kind:")}
        if tracked:
            proposed = str(next(iter(tracked.values()))).partition("|")[0]
            stands = any(
                str(value).partition("|")[0] == proposed
                for key, value in ours.marks.items()
                if key.startswith("kind:")
            )
            return {} if stands or proposed == ours.marks.get("b") else tracked
        kind = theirs.marks.get("b")
        if kind == ours.marks.get("b", "paragraph:0") or kind == "paragraph:0" or ours.has("kind"):
            return {}
        self._number += 1
        return {f"kind:{self._untracked.stem}{self._number}": f"{kind}|{self._untracked.value}"}


def _inserted_after(present: Sequence[Unit]) -> dict[int, set[tuple[str, int]]]:
    """What is proposed in front of each standing letter: words and time."""
    gaps: dict[int, set[tuple[str, int]]] = {}
    before = 0
    for inserted, group in groupby(present, key=lambda unit: unit.is_new):
        run = list(group)
        if not inserted:
            before += len(run)
            continue
        gaps.setdefault(before, set()).add((_words(run), _time(run[0], "ins")))
        for at, part in groupby(run, key=lambda unit: _time(unit, "ins")):
            gaps[before].add((_words(list(part)), at))
    return gaps


def _inserted_before(file: Sequence[Unit]) -> dict[int, str]:
    """What the file inserts in front of each of its standing letters."""
    found: dict[int, str] = {}
    before = 0
    for inserted, group in groupby(file, key=lambda unit: unit.is_new):
        run = list(group)
        if inserted:
            found[before] = _words(run)
        else:
            before += len(run)
    return found


def _time(unit: Unit, name: str) -> int:
    """When it was proposed; -1: nothing is."""
    return next((author_of(value)[1] for key, value in unit.marks.items() if key.startswith(f"{name}:")), -1)


def _words(units: Sequence[Unit]) -> str:
    return "".join(unit.letter for unit in units)


def _without_blanks(blocks: Sequence[LiveBlock]) -> Iterator[LiveBlock]:
    return (block for block in blocks if block.suggested or any(run.text.strip() for run in block.runs))
