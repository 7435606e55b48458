"""How far the municipalities are with what they declared: „Stand der Umsetzung“, once a year.

Offices fill in, for each commitment of the signed text; the coordination publishes what is there as an
edition. An edition never changes: another one of the same year stands above it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.errors import Refused
from server.domain.people.persons import Person
from server.domain.sentences import N_
from server.domain.terms.local_time import day_of
from server.domain.text.content import Content, plain

MAX_NOTE: Final = 300
"""Characters that a municipality writes to one commitment."""


class Progress(StrEnum):
    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"
    NOT_PLANNED = "not_planned"

    @property
    def label(self) -> str:
        return PROGRESS_WORDS[self]


PROGRESS_WORDS: Final[Mapping[Progress, str]] = {
    Progress.DONE: N_("implemented"),
    Progress.UNDER_WAY: N_("being implemented"),
    Progress.NOT_BEGUN: N_("not begun"),
    Progress.NOT_PLANNED: N_("not planned"),
}


class NobodyToRemind(Refused):
    code = "nobody_to_remind"
    heading = N_("Nobody is reminded")
    sentence = N_(
        "Everybody who can fill in the report has done so, was reminded within the last 24 hours, "
        "or does not want reminders."
    )


class NothingReported(Refused):
    code = "nothing_reported"
    heading = N_("Nobody has reported yet")
    sentence = N_("A yearly report is published when at least one municipality has filled it in.")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A clause of the first level: `number` as it is printed ("4"), `words` its text."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """What a municipality says about one commitment."""

    ags: str
    clause: str
    progress: Progress
    note: str = ""

    def to_json(self) -> dict[str, str]:
        return {"ags": self.ags, "clause": self.clause, "progress": self.progress.value, "note": self.note}


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who may fill in for a municipality: its office, or else its mayor."""

    ags: str
    person: Person
    is_office: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """As it was published."""

    year: int
    published_at: datetime
    entries: tuple[ReportEntry, ...]

    @property
    def towns(self) -> frozenset[str]:
        return frozenset(entry.ags for entry in self.entries)

    @property
    def page(self) -> str:
        """Relative to the declaration's public address."""
        return f"umsetzung/{self.year}"


def commitments_of(content: Content) -> list[Commitment]:
    return [
        Commitment((block.number or "").rstrip(".)"), plain(block.text))
        for block in content.blocks
        if block.kind == "clause" and block.level == 1
    ]


def who_reports(reporters: Iterable[Reporter], missing: Collection[str]) -> list[Reporter]:
    """For each of the municipalities `missing` its office; where it has none, its mayor."""
    asked = [each for each in reporters if each.ags in missing]
    staffed = {each.ags for each in asked if each.is_office}
    return [each for each in asked if each.is_office or each.ags not in staffed]


def years_of(released_at: datetime, now: datetime) -> list[int]:
    """About which a report may be written, newest first: this year and the one before, from the publication
    on."""
    this = day_of(now).year
    return [year for year in (this, this - 1) if year >= day_of(released_at).year]


def tally(entries: Iterable[ReportEntry], clause: str) -> dict[Progress, int]:
    """How many municipalities are how far with one commitment."""
    found = [entry.progress for entry in entries if entry.clause == clause]
    return {progress: found.count(progress) for progress in Progress}


def newest_editions(editions: Sequence[Edition]) -> list[Edition]:
    """One for each year, newest year first."""
    newest = {each.year: each for each in sorted(editions, key=lambda each: each.published_at)}
    return [newest[year] for year in sorted(newest, reverse=True)]
