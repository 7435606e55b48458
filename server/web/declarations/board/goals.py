"""The quorum as pictures and words: one meter for each rule that must be kept."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.terms import quorum
from server.domain.terms.quorum import (
    Answers,
    EveryMajorTown,
    MustHaves,
    ShareOfInhabitants,
    ShareOfMunicipalities,
    SimpleRule,
)
from server.web.declarations.quorum import missing_words
from server.web.sentences.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Goal:
    """`counted` and `needed` of `total`, in municipalities or inhabitants; `towns`: where the rule names
    some, each with whether it stands behind the text."""

    label: Message
    counted: int
    needed: int
    total: int
    words: tuple[Message, ...]
    towns: tuple[tuple[Municipality, bool], ...] = ()

    @property
    def is_reached(self) -> bool:
        return not self.words

    @property
    def filled(self) -> int:
        """For the picture: a hundredth of the whole each."""
        return 100 * min(self.counted, self.total) // self.total if self.total else 0

    @property
    def mark(self) -> int:
        return -(-100 * self.needed // self.total) if self.total else 0


def goals_of(rule: quorum.Rule, answers: Answers) -> list[Goal]:
    """One for each part of the rule; none where there is no rule."""
    return [_goal(part, answers) for part in quorum.parts_of(rule)]


def _goal(part: SimpleRule, answers: Answers) -> Goal:
    standing = quorum.measure(part, answers)
    words = tuple(missing_words(missing) for missing in standing.missing)
    match part:
        case ShareOfMunicipalities():
            label = Message(N_("Municipalities"))
            return Goal(label, standing.counted, standing.needed, len(answers.asked), words)
        case EveryMajorTown():
            towns = [t for t in answers.asked if t.kind is MunicipalityKind.GROSSE_KREISSTADT]
            return _named(Message(N_("All major district towns")), towns, answers, words)
        case MustHaves(keys):
            towns = [town for town in answers.asked if town.ags in keys]
            return _named(Message(N_("These must sign")), towns, answers, words)
        case ShareOfInhabitants(share):
            known = answers.inhabitants
            total = sum(known.get(town.ags, 0) for town in answers.asked)
            there = sum(known.get(town.ags, 0) for town in answers.asked if town.ags in answers.behind)
            return Goal(Message(N_("Inhabitants")), there, -(-total * share // 1).__int__(), total, words)


def _named(label: Message, towns: list[Municipality], answers: Answers, words: tuple[Message, ...]) -> Goal:
    behind = tuple((town, town.ags in answers.behind) for town in towns)
    return Goal(label, sum(there for _, there in behind), len(towns), len(towns), words, behind)
