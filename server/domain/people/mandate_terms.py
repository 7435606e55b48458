"""What a mandate is given or changed to, and what is wrong with it.

Mayors and Amtsverweser hold the office itself (§ 48 Abs. 2 and 3 GemO BW): one at a time. Deputies stand for
it by rank, whether it is held or vacant (§§ 48, 49). Two authorised employees sign together (§ 54).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from server.domain.people.mandates import Mandate, MandateKind
from server.domain.sentences import N_
from server.domain.terms.local_time import LAST_YEAR, begin_of

LONGEST_TITLE: Final = 100
LONGEST_REASON: Final = 200
LAST_RANK: Final = 9


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field of the form, as a sentence with its facts."""

    field: str
    text: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MandateTerms:
    """`first` and `last` are days in Germany, both included; without `last` for the time being. `reason`:
    why it is for a time. `rank` counts for deputies: the first before the second."""

    kind: MandateKind
    title: str
    first: date
    last: date | None = None
    reason: str = ""
    rank: int = 1

    @property
    def since(self) -> datetime:
        return begin_of(self.first)

    @property
    def until(self) -> datetime | None:
        """Exclusive."""
        return begin_of(self.last + timedelta(days=1)) if self.last else None


@dataclass(frozen=True, slots=True)
class HeldMandate:
    """A mandate with the name of who holds it."""

    mandate: Mandate
    name: str


def faults_of(terms: MandateTerms, others: Iterable[HeldMandate], now: datetime) -> list[Fault]:
    """`others`: the municipality's other mandates in the same declaration, whoever holds them."""
    faults = [*_title_faults(terms.title), *_day_faults(terms, now)]
    if len(terms.reason) > LONGEST_REASON or not terms.reason.isprintable():
        faults.append(Fault("reason", _BAD_REASON))
    if not 1 <= terms.rank <= LAST_RANK:
        faults.append(Fault("rank", N_("Please choose a rank from 1 to %(most)s."), {"most": LAST_RANK}))
    if not faults and terms.kind is MandateKind.MAYOR:
        faults += _office_faults(terms, others, now)
    return faults


def _title_faults(title: str) -> Iterable[Fault]:
    if not title:
        yield Fault("title", N_("The official title is missing. It will be printed."))
    if len(title) > LONGEST_TITLE or not title.isprintable():
        yield Fault("title", N_("This title is too long, or holds characters that no page can show."))


def _day_faults(terms: MandateTerms, now: datetime) -> Iterable[Fault]:
    if terms.last and terms.last < terms.first:
        yield Fault("last", N_("The last day lies before the first."))
    elif terms.last and terms.last.year < LAST_YEAR and terms.until is not None and terms.until <= now:
        yield Fault("last", N_("The last day is over already, so nobody could sign with this."))


def _office_faults(terms: MandateTerms, others: Iterable[HeldMandate], now: datetime) -> Iterable[Fault]:
    """The office is held by one; who leaves it today can be followed today."""
    for held in others:
        if held.mandate.kind is MandateKind.MAYOR and _overlap(terms, held.mandate, now):
            yield Fault("first", _TAKEN, {"name": held.name, "title": held.mandate.title})
            return


_BAD_REASON: Final = N_("This reason is too long, or holds characters that no page can show.")
_TAKEN: Final = N_(
    "In this time %(name)s (%(title)s) holds the office. Please enter when that ends first, or choose other "
    "days."
)


def _overlap(terms: MandateTerms, held: Mandate, now: datetime) -> bool:
    begins_before = held.until is None or max(terms.since, now) < held.until
    ends_after = terms.until is None or held.since < terms.until
    return begins_before and ends_after


def is_vacant(mandates: Iterable[Mandate], now: datetime) -> bool:
    """Nobody holds the office: who signs then, as deputy, stands for no person."""
    return not any(mandate.kind is MandateKind.MAYOR and mandate.holds(now) for mandate in mandates)
