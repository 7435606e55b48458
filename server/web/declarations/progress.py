"""Who has answered the current revision: for the bar and for the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby

from server.domain.people.mandates import Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.councils import council_meets
from server.domain.sign_offs.standing import by_municipality, counting_acts, waits_for_second
from server.domain.sign_offs.statements import GivenAnswer, Level


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality. `given` is what counts as its answer, the newer of two who answer jointly; None while
    it is open. `half`: what one of these has answered while the other has not. `beside`: the first of two
    who answered jointly."""

    signatory: Signatory
    given: GivenAnswer | None = None
    half: GivenAnswer | None = None
    beside: Signatory | None = None

    @property
    def names(self) -> str:
        """Whoever answers or answered, two where they did so jointly."""
        return ", ".join(one.name for one in self._people)

    @property
    def titles(self) -> str:
        return ", ".join(one.title for one in self._people)

    @property
    def _people(self) -> list[Signatory]:
        return [self.beside, self.signatory] if self.beside else [self.signatory]

    @property
    def answer(self) -> Answer | None:
        return self.given.answer if self.given else None

    @property
    def level(self) -> Level | None:
        return self.given.level if self.given else None

    @property
    def at(self) -> datetime | None:
        return self.given.at if self.given else None

    @property
    def municipality(self) -> Municipality:
        return self.signatory.municipality

    @property
    def supports(self) -> bool:
        return self.answer is not None and self.answer.supports


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
    def signed(self) -> int:
        """Without those whose council still decides: they do not count towards a quorum either."""
        return self.supporting - self.reserved

    @cached_property
    def reserved(self) -> int:
        return sum(line.answer is not None and line.answer.facts.needs_council for line in self.lines)

    @cached_property
    def declined(self) -> int:
        return sum(line.answer is not None and not line.answer.supports for line in self.lines)

    def councils_met(self, now: datetime) -> list[GivenAnswer]:
        """Answers under a council's reservation whose day of the meeting has come."""
        answers = (line.given for line in self.lines if line.given is not None)
        return [g for g in answers if g.answer.facts.needs_council and council_meets(g.council_date, now)]

    @property
    def open(self) -> int:
        return self.total - self.supporting - self.declined


def measure(signatories: Iterable[Signatory], answers: Iterable[GivenAnswer]) -> Progress:
    """Municipalities that are asked or have answered, each once. The first signatory stands for an open
    one. `answers`: to one text, in the order in which they came."""
    lines: dict[str, Line] = {}
    for asked in signatories:
        lines.setdefault(asked.municipality.ags, Line(asked))
    for ags, acts in by_municipality(answers).items():
        counts, half = counting_acts(acts), waits_for_second(acts)
        if counts:
            beside = counts[0].signatory if len(counts) > 1 else None
            lines[ags] = Line(counts[-1].signatory, counts[-1], beside=beside)
        else:
            asked_one = lines.get(ags) or Line(acts[-1].signatory)
            lines[ags] = replace(asked_one, half=half)
    towns = in_protocol_order(line.municipality for line in lines.values())
    return Progress(tuple(lines[town.ags] for town in towns))


def chosen(progress: Progress, answer: str, query: str) -> Progress:
    """The municipalities with this answer ("open" for none, empty for all) whose name, or whose signatory's,
    holds these words; for anything else all of them."""
    known = {"open", *(each.value for each in Answer)}
    words = query.casefold().split()
    return Progress(
        tuple(
            line
            for line in progress.lines
            if (answer not in known or (line.answer.value if line.answer else "open") == answer)
            and all(word in f"{line.municipality.name} {line.names}".casefold() for word in words)
        )
    )
