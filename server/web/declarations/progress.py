"""Who has answered the current revision: for the bar and for the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from server.domain.answers import Answer
from server.domain.people.mandates import Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.sign_offs import GivenAnswer, Level


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality. `answer`, `level` and `at` are None while it is open."""

    signatory: Signatory
    answer: Answer | None = None
    level: Level | None = None
    at: datetime | None = None

    @property
    def municipality(self) -> Municipality:
        return self.signatory.municipality


@dataclass(frozen=True)
class Progress:
    """The figures are counted once: a page shows them in many places."""

    lines: tuple[Line, ...]

    @property
    def groups(self) -> list[tuple[MunicipalityKind, list[Line]]]:
        """Those that have answered, by kind."""
        answered = (line for line in self.lines if line.answer is not None)
        return [(kind, list(lines)) for kind, lines in groupby(answered, lambda ln: ln.municipality.kind)]

    @property
    def waiting(self) -> list[Line]:
        """Those that have not answered."""
        return [line for line in self.lines if line.answer is None]

    @property
    def cells(self) -> list[tuple[str, int]]:
        """For the meter: how many of each answer, and of none."""
        counted = Counter(line.answer for line in self.lines)
        return [*((answer.value, counted[answer]) for answer in Answer), ("open", counted[None])]

    def has_answered(self, municipality: Municipality) -> bool:
        return any(
            line.answer is not None and line.municipality.ags == municipality.ags for line in self.lines
        )

    @property
    def total(self) -> int:
        return len(self.lines)

    @cached_property
    def supporting(self) -> int:
        return sum(line.answer is not None and line.answer.supports for line in self.lines)

    @cached_property
    def declined(self) -> int:
        return sum(line.answer is not None and not line.answer.supports for line in self.lines)

    @property
    def open(self) -> int:
        return self.total - self.supporting - self.declined


def measure(signatories: Iterable[Signatory], answers: Iterable[GivenAnswer]) -> Progress:
    """Municipalities that are asked or have answered, each once. The first signatory stands for an open one;
    of two answers the later one counts."""
    lines: dict[str, Line] = {}
    for asked in signatories:
        lines.setdefault(asked.municipality.ags, Line(asked))
    for given in answers:
        lines[given.signatory.municipality.ags] = Line(given.signatory, given.answer, given.level, given.at)
    towns = in_protocol_order(line.municipality for line in lines.values())
    return Progress(tuple(lines[town.ags] for town in towns))
