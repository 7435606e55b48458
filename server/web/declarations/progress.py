"""Who has answered the current revision: for the bar and for the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from server.domain.answers import Answer
from server.domain.people.mandates import Mandate
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.people.persons import Person
from server.domain.sign_offs import Level, SignOff, counting


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality. `answer`, `level` and `at` are None while it is open."""

    municipality: Municipality
    signatory: str
    title: str
    answer: Answer | None = None
    level: Level | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    lines: tuple[Line, ...]

    @property
    def groups(self) -> list[tuple[MunicipalityKind, list[Line]]]:
        return [(kind, list(lines)) for kind, lines in groupby(self.lines, lambda ln: ln.municipality.kind)]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def supporting(self) -> int:
        return sum(line.answer is not None and line.answer.supports for line in self.lines)

    @property
    def declined(self) -> int:
        return sum(line.answer is not None and not line.answer.supports for line in self.lines)

    @property
    def open(self) -> int:
        return self.total - self.supporting - self.declined


def measure(
    invited: Iterable[tuple[Mandate, Person]], sign_offs: Iterable[SignOff], digest: str | None
) -> Progress:
    """Municipalities that are invited or have answered, each once; the mayor stands for an open one."""
    lines: dict[str, Line] = {}
    for mandate, person in invited:
        town = mandate.municipality
        lines.setdefault(town.ags, Line(town, person.name, mandate.title))
    for sign_off in counting(sign_offs, digest or ""):
        lines[sign_off.municipality.ags] = _answered(sign_off)
    towns = in_protocol_order(line.municipality for line in lines.values())
    return Progress(tuple(lines[town.ags] for town in towns))


def _answered(sign_off: SignOff) -> Line:
    said = sign_off.statement
    return Line(sign_off.municipality, said.signatory, said.title, said.answer, sign_off.level, said.at)


def last_of(sign_offs: Sequence[SignOff], ags: str) -> SignOff | None:
    """A municipality's latest answer to any revision."""
    return next((s for s in reversed(sign_offs) if s.statement.ags == ags), None)
