"""What the coordination sets for a declaration, in sections that are saved one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from server.domain import permissions
from server.domain.declarations import Declaration
from server.domain.permissions import Access
from server.domain.sentences import N_
from server.domain.sign_offs.statements import Level, timestamp
from server.domain.terms.quorum import Rule, rule_json


class Section(StrEnum):
    """In the order of the page."""

    TITLE = "title"
    PLACE = "place"
    DEADLINE = "deadline"
    EMBARGO = "embargo"
    RELEASE = "release"
    MUNICIPALITIES = "municipalities"
    OFFICES = "offices"
    QUORUM = "quorum"
    WAYS = "ways"
    LANGUAGES = "languages"

    @property
    def facts(self) -> SectionFacts:
        return SECTIONS[self]

    @classmethod
    def named(cls, name: str) -> Section | None:
        return next((section for section in cls if section == name), None)


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """`until`: how long it can be changed, as a sentence; `may` decides it."""

    label: str
    until: str
    may: Callable[[Access], bool]


_WHILE_DRAFTING: Final = N_("Can be changed until the text is fixed for the sign-off.")
_UNTIL_THE_SEAL: Final = N_("Can be changed until the final document is made.")
_UNTIL_PUBLISHED: Final = N_("Can be changed until the declaration is published.")

SECTIONS: Final[Mapping[Section, SectionFacts]] = {
    Section.TITLE: SectionFacts(N_("Title and issuer"), _WHILE_DRAFTING, permissions.can_change_title),
    Section.PLACE: SectionFacts(N_("Place and day"), _UNTIL_THE_SEAL, permissions.can_change_terms),
    Section.DEADLINE: SectionFacts(N_("Deadline"), _UNTIL_THE_SEAL, permissions.can_change_terms),
    Section.EMBARGO: SectionFacts(N_("Release block"), _UNTIL_PUBLISHED, permissions.can_change_embargo),
    Section.RELEASE: SectionFacts(N_("Publication"), _UNTIL_THE_SEAL, permissions.can_change_terms),
    Section.MUNICIPALITIES: SectionFacts(N_("Who takes part"), _UNTIL_THE_SEAL, permissions.can_change_terms),
    Section.OFFICES: SectionFacts(N_("Offices invite"), _UNTIL_THE_SEAL, permissions.can_change_terms),
    Section.QUORUM: SectionFacts(N_("Quorum"), _WHILE_DRAFTING, permissions.can_change_title),
    Section.WAYS: SectionFacts(N_("Ways of signing"), _UNTIL_THE_SEAL, permissions.can_change_terms),
    Section.LANGUAGES: SectionFacts(N_("Languages"), _UNTIL_THE_SEAL, permissions.can_change_terms),
}

LANGUAGES: Final = ("de", "en", "fr")
"""In which the declaration may appear; the original is in the first."""


@dataclass(frozen=True, slots=True)
class TitleAndIssuer:
    section: ClassVar = Section.TITLE
    title: str
    issuer: str

    def to_json(self) -> dict[str, object]:
        """What is kept of it when it changes."""
        return {"title": self.title, "issuer": self.issuer}


@dataclass(frozen=True, slots=True)
class PlaceAndDay:
    """Both printed on the document, each where it is set."""

    section: ClassVar = Section.PLACE
    place: str
    day: date | None

    def to_json(self) -> dict[str, object]:
        return {"place": self.place, "day": self.day.isoformat() if self.day else None}


@dataclass(frozen=True, slots=True)
class Deadline:
    section: ClassVar = Section.DEADLINE
    at: datetime | None

    def to_json(self) -> dict[str, object]:
        return {"at": timestamp(self.at) if self.at else None}


@dataclass(frozen=True, slots=True)
class Embargo:
    section: ClassVar = Section.EMBARGO
    at: datetime | None

    def to_json(self) -> dict[str, object]:
        return {"at": timestamp(self.at) if self.at else None}


@dataclass(frozen=True, slots=True)
class Release:
    """When the public page opens; None: with the Sperrfrist. `four_eyes`: two people move it after the
    seal."""

    section: ClassVar = Section.RELEASE
    at: datetime | None
    four_eyes: bool = True

    def to_json(self) -> dict[str, object]:
        return {"at": timestamp(self.at) if self.at else None, "four_eyes": self.four_eyes}


@dataclass(frozen=True, slots=True)
class Asked:
    """Official keys of the municipalities that are asked."""

    section: ClassVar = Section.MUNICIPALITIES
    keys: frozenset[str]

    def to_json(self) -> dict[str, object]:
        return {"municipalities": sorted(self.keys)}


@dataclass(frozen=True, slots=True)
class Offices:
    """Whether offices may ask colleagues and deputies of their own municipality in."""

    section: ClassVar = Section.OFFICES
    may_invite: bool

    def to_json(self) -> dict[str, object]:
        return {"may_invite": self.may_invite}


@dataclass(frozen=True, slots=True)
class Quorum:
    section: ClassVar = Section.QUORUM
    rule: Rule

    def to_json(self) -> dict[str, object]:
        return {"rules": rule_json(self.rule)}


@dataclass(frozen=True, slots=True)
class Ways:
    section: ClassVar = Section.WAYS
    levels: frozenset[Level]

    def to_json(self) -> dict[str, object]:
        return {"levels": sorted(self.levels)}


@dataclass(frozen=True, slots=True)
class Languages:
    """Those of `LANGUAGES`, the original's first."""

    section: ClassVar = Section.LANGUAGES
    languages: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return {"languages": list(self.languages)}


Setting = (
    TitleAndIssuer | PlaceAndDay | Deadline | Embargo | Release | Asked | Offices | Quorum | Ways | Languages
)

_SETTINGS: Final[Mapping[Section, Callable[[Declaration, frozenset[str]], Setting]]] = {
    Section.TITLE: lambda now, _: TitleAndIssuer(now.title, now.issuer),
    Section.PLACE: lambda now, _: PlaceAndDay(now.place, now.day),
    Section.DEADLINE: lambda now, _: Deadline(now.deadline),
    Section.EMBARGO: lambda now, _: Embargo(now.embargo),
    Section.RELEASE: lambda now, _: Release(now.release_at, now.four_eyes),
    Section.MUNICIPALITIES: lambda _, asked: Asked(asked),
    Section.OFFICES: lambda now, _: Offices(now.offices_invite),
    Section.QUORUM: lambda now, _: Quorum(now.quorum),
    Section.WAYS: lambda now, _: Ways(now.levels),
    Section.LANGUAGES: lambda now, _: Languages(now.languages),
}


def setting_of(section: Section, declaration: Declaration, asked: frozenset[str]) -> Setting:
    """As it is now. `asked`: the official keys of the municipalities that are asked."""
    return _SETTINGS[section](declaration, asked)


@dataclass(frozen=True, slots=True)
class Change:
    """One that was made: `by` is the person's name, `before` and `after` are what `to_json` gave."""

    section: Section
    by: str
    at: datetime
    before: Mapping[str, object]
    after: Mapping[str, object]
