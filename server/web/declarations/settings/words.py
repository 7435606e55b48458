"""Settings in words: those that hold, and those that were changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from server.domain.canonical import canonical_bytes
from server.domain.people.municipalities import Municipality, in_protocol_order
from server.domain.sign_offs.statements import LEVEL_WORDS, Level, parse_timestamp
from server.domain.terms.quorum import (
    EveryMajorTown,
    MustHaves,
    ShareOfInhabitants,
    ShareOfMunicipalities,
    SimpleRule,
    parse_rule,
    parts_of,
)
from server.domain.terms.settings import Section
from server.web.sentences.messages import N_, Message

FEW: Final = 8
"""So many municipalities are named; of more there is their number."""
SHARES: Final[Mapping[str, str]] = {
    "1/2": N_("half"),
    "3/5": N_("three fifths"),
    "2/3": N_("two thirds"),
    "3/4": N_("three quarters"),
    "4/5": N_("four fifths"),
    "9/10": N_("nine tenths"),
    "1": N_("all"),
}
"""Those that the form offers."""
LANGUAGE_NAMES: Final[Mapping[str, str]] = {"de": N_("German"), "en": N_("English"), "fr": N_("French")}
_NOT_SET: Final = N_("not set")
_WITH_THE_BLOCK: Final = N_("when the release block ends")


@dataclass(frozen=True, slots=True)
class Line:
    """`label` is translated, `value` as it is shown; `is_title`: the declaration's own words."""

    label: str
    value: str
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language. `towns`: the register by official key."""

    say: Callable[[Message], str]
    moment: Callable[[datetime], str]
    day: Callable[[date], str]
    towns: Mapping[str, Municipality]

    def lines(self, section: Section, value: Mapping[str, object]) -> list[Line]:
        """What `to_json` gave of a setting. What another release wrote is left out."""
        try:
            return [
                Line(self.say(Message(label)), text, is_title=section is Section.TITLE)
                for label, text in _LINES[section](self, value)
            ]
        except (KeyError, TypeError, ValueError):
            return []

    def text(self, value: object) -> str:
        return str(value) if value else self.say(Message(_NOT_SET))

    def at(self, value: Mapping[str, object]) -> str:
        at = value["at"]
        return self.moment(parse_timestamp(str(at))) if at else self.text("")

    def truth(self, value: object) -> str:
        return self.say(Message(N_("yes") if value else N_("no")))

    def many(self, keys: object) -> str:
        found = [self.towns[key] for key in _names(keys) if key in self.towns]
        if len(found) > FEW:
            facts = {"count": len(found)}
            return self.say(Message(N_("%(count)s municipalities"), facts))
        return ", ".join(town.name for town in in_protocol_order(found))

    def rule(self, part: SimpleRule) -> str:
        match part:
            case ShareOfMunicipalities(share):
                sentence = N_("at least %(share)s of the municipalities that are asked")
                return self._share(share, sentence, N_("all municipalities that are asked"))
            case EveryMajorTown():
                return self.say(Message(N_("all major district towns that are asked")))
            case MustHaves(keys):
                return self.say(Message(N_("in any case: %(names)s"), {"names": self.many(sorted(keys))}))
            case ShareOfInhabitants(share):
                sentence = N_("municipalities with at least %(share)s of the inhabitants")
                return self._share(
                    share, sentence, N_("all inhabitants of the municipalities that are asked")
                )

    def _share(self, share: Fraction, sentence: str, whole: str) -> str:
        if share == 1:
            return self.say(Message(whole))
        name = str(share)
        word = self.say(Message(SHARES[name])) if name in SHARES else name
        return self.say(Message(sentence, {"share": word}))

    def rules(self, value: Mapping[str, object]) -> str:
        parts = parts_of(parse_rule(canonical_bytes(value["rules"]).decode()))
        if not parts:
            return self.say(Message(N_("none: one sign-off is enough")))
        return "; ".join(map(self.rule, parts))

    def listed(self, names: object, table: Mapping[str, str]) -> str:
        return ", ".join(self.say(Message(table[name])) for name in _names(names))


def _names(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return [str(name) for name in value]


_BY_NAME: Final[Mapping[str, str]] = {level.value: word for level, word in LEVEL_WORDS.items()}


def _levels(words: Words, value: Mapping[str, object]) -> str:
    chosen = set(_names(value["levels"]))
    return words.listed([level.value for level in Level if level.value in chosen], _BY_NAME)


def _day(words: Words, value: Mapping[str, object]) -> str:
    day = value["day"]
    return words.day(date.fromisoformat(str(day))) if day else words.text("")


Lines = Callable[[Words, Mapping[str, object]], list[tuple[str, str]]]
_LINES: Final[Mapping[Section, Lines]] = {
    Section.TITLE: lambda words, value: [
        (N_("Title"), words.text(value["title"])),
        (N_("Issuer"), words.text(value["issuer"])),
    ],
    Section.PLACE: lambda words, value: [
        (N_("Place"), words.text(value["place"])),
        (N_("Day"), _day(words, value)),
    ],
    Section.DEADLINE: lambda words, value: [(N_("Sign-offs until"), words.at(value))],
    Section.EMBARGO: lambda words, value: [(N_("Not public before"), words.at(value))],
    Section.RELEASE: lambda words, value: [
        (N_("Public page opens"), words.at(value) if value["at"] else words.say(Message(_WITH_THE_BLOCK))),
        (N_("Two people decide about the hour"), words.truth(value["four_eyes"])),
    ],
    Section.MUNICIPALITIES: lambda words, value: [(N_("Asked to sign"), words.many(value["municipalities"]))],
    Section.OFFICES: lambda words, value: [
        (
            N_("Offices invite colleagues and deputies"),
            words.truth(value["may_invite"]),
        )
    ],
    Section.QUORUM: lambda words, value: [(N_("Comes about with"), words.rules(value))],
    Section.WAYS: lambda words, value: [(N_("Accepted"), _levels(words, value))],
    Section.LANGUAGES: lambda words, value: [
        (N_("Appears in"), words.listed(value["languages"], LANGUAGE_NAMES))
    ],
}
