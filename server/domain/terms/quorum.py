"""When a declaration comes about: a rule, and how far the answers are from it.

Only municipalities that stand behind the text without a condition count: an answer "subject to the council's
decision" does not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Final

from server.domain.canonical import canonical_bytes
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.sign_offs.answers import Answer


@dataclass(frozen=True, slots=True)
class NoRule:
    """Whoever signs, it can be sealed."""


@dataclass(frozen=True, slots=True)
class ShareOfMunicipalities:
    """At least so great a part of those that are asked, 0 < share <= 1."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class EveryMajorTown:
    """All Große Kreisstädte that are asked."""


@dataclass(frozen=True, slots=True)
class MustHaves:
    """These municipalities, by their official keys."""

    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShareOfInhabitants:
    """Municipalities in which at least so great a part of the inhabitants of all that are asked live."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of these rules."""

    rules: tuple[SimpleRule, ...]


SimpleRule = ShareOfMunicipalities | EveryMajorTown | MustHaves | ShareOfInhabitants
Rule = NoRule | SimpleRule | AllOf
NO_RULE: Final = NoRule()


@dataclass(frozen=True, slots=True)
class MissingNumber:
    """So many more of `needed` municipalities."""

    count: int
    needed: int


@dataclass(frozen=True, slots=True)
class MissingTowns:
    """These very municipalities, in the document's order."""

    towns: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class MissingInhabitants:
    """Municipalities with so many more inhabitants."""

    count: int
    needed: int


@dataclass(frozen=True, slots=True)
class UnknownInhabitants:
    """The register does not say how many people live there, so the rule cannot be measured."""

    towns: tuple[Municipality, ...]


Missing = MissingNumber | MissingTowns | MissingInhabitants | UnknownInhabitants


@dataclass(frozen=True, slots=True)
class Standing:
    """How a rule stands. `needed` and `counted` are municipalities, for the whole rule: the fewest that could
    do, and those that count."""

    missing: tuple[Missing, ...] = ()
    counted: int = 0
    needed: int = 0

    @property
    def reached(self) -> bool:
        return not self.missing


def counts(answer: Answer) -> bool:
    """Stands behind the text, and under no condition."""
    return answer.supports and not answer.facts.needs_council


@dataclass(frozen=True, slots=True)
class Answers:
    """`asked`: the municipalities that are asked. `behind`: the official keys of those whose answer counts.
    `inhabitants`: by official key, as far as the register knows."""

    asked: Collection[Municipality]
    behind: Collection[str]
    inhabitants: Mapping[str, int] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        return sum(town.ags in self.behind for town in self.asked)

    def without(self, towns: Iterable[Municipality]) -> tuple[Municipality, ...]:
        """Those that do not stand behind it yet."""
        return tuple(in_protocol_order(town for town in towns if town.ags not in self.behind))


def measure(rule: Rule, answers: Answers) -> Standing:
    """How far the answers are from the rule."""
    match rule:
        case NoRule():
            return Standing(counted=answers.counted)
        case AllOf(rules):
            parts = [measure(part, answers) for part in rules]
            missing = tuple(lack for part in parts for lack in part.missing)
            needed = max((part.needed for part in parts), default=0)
            return Standing(missing, answers.counted, needed)
        case ShareOfMunicipalities(share):
            return _share(share, answers)
        case EveryMajorTown():
            towns = [t for t in answers.asked if t.kind is MunicipalityKind.GROSSE_KREISSTADT]
            return _these(towns, answers)
        case MustHaves(keys):
            return _these([town for town in answers.asked if town.ags in keys], answers)
        case ShareOfInhabitants(share):
            return _inhabitants(share, answers)


def _share(share: Fraction, answers: Answers) -> Standing:
    needed = ceil(share * len(answers.asked))
    lacking = needed - answers.counted
    missing = (MissingNumber(lacking, needed),) if lacking > 0 else ()
    return Standing(missing, answers.counted, needed)


def _these(towns: Collection[Municipality], answers: Answers) -> Standing:
    open_towns = answers.without(towns)
    return Standing((MissingTowns(open_towns),) if open_towns else (), answers.counted, len(towns))


def _inhabitants(share: Fraction, answers: Answers) -> Standing:
    known = answers.inhabitants
    unknown = tuple(in_protocol_order(town for town in answers.asked if town.ags not in known))
    if unknown:
        return Standing((UnknownInhabitants(unknown),), answers.counted)
    needed = ceil(share * sum(known[town.ags] for town in answers.asked))
    there = sum(known[town.ags] for town in answers.asked if town.ags in answers.behind)
    missing = (MissingInhabitants(needed - there, needed),) if there < needed else ()
    return Standing(missing, answers.counted, _fewest(needed, answers))


def _fewest(needed: int, answers: Answers) -> int:
    """How many municipalities reach so many inhabitants, the largest first."""
    total, number = 0, 0
    for people in sorted((answers.inhabitants[town.ags] for town in answers.asked), reverse=True):
        if total >= needed:
            break
        total, number = total + people, number + 1
    return number


def parts_of(rule: Rule) -> tuple[SimpleRule, ...]:
    """The rules that must all be kept; none without a rule."""
    match rule:
        case NoRule():
            return ()
        case AllOf(rules):
            return rules
        case ShareOfMunicipalities() | EveryMajorTown() | MustHaves() | ShareOfInhabitants():
            return (rule,)


def all_of(rules: Iterable[SimpleRule]) -> Rule:
    """The inverse of `parts_of`."""
    parts = tuple(rules)
    if not parts:
        return NO_RULE
    return parts[0] if len(parts) == 1 else AllOf(parts)


def rule_json(rule: Rule) -> list[dict[str, object]]:
    """A list of the parts, each with its kind."""
    return [_part_json(part) for part in parts_of(rule)]


def _part_json(part: SimpleRule) -> dict[str, object]:
    match part:
        case ShareOfMunicipalities(share):
            return {"kind": "municipalities", "share": str(share)}
        case EveryMajorTown():
            return {"kind": "major_towns"}
        case MustHaves(keys):
            return {"kind": "must_haves", "keys": sorted(keys)}
        case ShareOfInhabitants(share):
            return {"kind": "inhabitants", "share": str(share)}


def rule_text(rule: Rule) -> str:
    """Canonical JSON, as it is stored."""
    return canonical_bytes(rule_json(rule)).decode()


@lru_cache(256)
def parse_rule(text: str) -> Rule:
    """The inverse of `rule_text`. Raises ValueError. Cached: it is read with every declaration."""
    parts = json.loads(text)
    if not isinstance(parts, list):
        raise ValueError("no list of rules")
    return all_of(_parse_part(part) for part in parts)


def _parse_part(part: object) -> SimpleRule:
    match part:
        case {"kind": "municipalities", "share": str(share)}:
            return ShareOfMunicipalities(parse_share(share))
        case {"kind": "major_towns"}:
            return EveryMajorTown()
        case {"kind": "must_haves", "keys": [*keys]} if keys and all(isinstance(key, str) for key in keys):
            return MustHaves(frozenset(map(str, keys)))
        case {"kind": "inhabitants", "share": str(share)}:
            return ShareOfInhabitants(parse_share(share))
        case _:
            raise ValueError("no rule that this release knows")


def parse_share(text: str) -> Fraction:
    """ "2/3". Raises ValueError for what is no part of a whole."""
    try:
        share = Fraction(text)
    except ZeroDivisionError as error:
        raise ValueError("no share") from error
    if not 0 < share <= 1 or share.denominator > 1000:
        raise ValueError("no share")
    return share
