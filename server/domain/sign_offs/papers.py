"""A decision on paper: recorded with a scan by one person, confirmed by another, and only then an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from server.domain.errors import Invalid, Refused
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import Municipality
from server.domain.people.roles import COORDINATORS, EDITORS, SIGNATORIES
from server.domain.permissions import Access
from server.domain.sentences import N_
from server.domain.sign_offs.statements import Level, SignOff
from server.domain.terms.local_time import day_of

MEGABYTES: Final = 10
MAX_SCAN: Final = MEGABYTES * 1024 * 1024
MAX_PAGES: Final = 20


class ScanType(StrEnum):
    """Media types that a scan may have."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Scan:
    """What is kept: without places, names of cameras, programs and attachments that the file carried."""

    type: ScanType
    data: bytes


class PaperState(StrEnum):
    WAITS = "waits"
    COUNTS = "counts"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """`statement`: canonical bytes that become the answer's; `decided_on`: the day on the paper, ISO 8601.
    `replaces`: the municipality's newest act when this was recorded. The scan's bytes are read apart."""

    id: int
    declaration_id: int
    revision_id: int
    mandate_id: int
    person_id: int
    municipality: Municipality
    recorded_by: int
    recorded_at: datetime
    decided_on: str
    statement: bytes
    replaces: int | None
    note: str
    scan_type: ScanType
    scan_digest: str
    state: PaperState


def may_look_at(access: Access, ags: str) -> bool:
    """The coordination; of the municipality its staff, and those who may sign for it now."""
    if access.has(COORDINATORS):
        return True
    drafts = access.has(EDITORS) and access.municipality is not None and access.municipality.ags == ags
    signs = access.has(SIGNATORIES) and any(m.municipality.ags == ags for m in access.mandates)
    return drafts or signs


def may_confirm(access: Access, record: PaperRecord) -> bool:
    """Four eyes: whoever may look at it, but for the one who recorded it."""
    return access.person.id != record.recorded_by and may_look_at(access, record.municipality.ags)


def ensure_day(text: str, fixed_at: datetime, now: datetime) -> str:
    """The text must have been there, and the day have come. Raises InvalidPaperDay."""
    first, last = day_of(fixed_at), day_of(now)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidPaperDay(field="day", first=first.strftime("%d.%m.%Y")) from error
    if not first <= day <= last:
        raise InvalidPaperDay(field="day", first=first.strftime("%d.%m.%Y"))
    return day.isoformat()


def ensure_not_older(newest: SignOff | None, decided_on: str, capacity: MandateKind, town: str) -> None:
    """A paper has a day, an electronic answer its minute: of the same day, the electronic one is taken for
    the later. Only the mayor's paper replaces a deputy's answer whatever its day. Raises PaperIsOlder."""
    if newest is None or newest.withdrawn or newest.level is Level.PAPER:
        return
    if capacity is MandateKind.MAYOR and newest.capacity is not MandateKind.MAYOR:
        return
    if date.fromisoformat(decided_on) <= day_of(newest.statement.at):
        raise PaperIsOlder(municipality=town)


class InvalidPaperDay(Invalid):
    code = "invalid_paper_day"
    heading = N_("The day on the paper is not valid")
    sentence = N_(
        "Please enter the day on which the paper was signed: not before this revision was fixed (%(first)s), "
        "and not in the future."
    )


class PaperIsOlder(Refused):
    """The municipality answered electronically on that day or later."""

    code = "paper_is_older"
    heading = N_("There is a later answer")
    sentence = N_(
        "%(municipality)s has answered electronically on the day of the paper or later. That answer counts. "
        "If the paper is meant to count, please have that answer taken back first."
    )


class PaperSettled(Refused):
    """Confirmed or discarded already."""

    code = "paper_settled"
    heading = N_("This entry is settled already")
    sentence = N_("Somebody has confirmed or discarded this entry meanwhile. You need not do anything more.")


class SecondPersonNeeded(Refused):
    code = "second_person_needed"
    heading = N_("A second person has to confirm this")
    sentence = N_(
        "You have recorded this paper yourself. Somebody else has to compare it with the scan: another "
        "person of the coordination, or somebody of that municipality."
    )


class InvalidScan(Invalid):
    """A family: this file is not kept. `facts['field']` is `scan`."""

    code = "invalid_scan"
    heading = N_("The scan cannot be used")
    sentence = N_("This file cannot be read as a scan. Please scan the paper again as PDF, PNG or JPEG.")


class ScanMissing(InvalidScan):
    code = "scan_missing"
    heading = N_("The scan is missing")
    sentence = N_("Please choose the scan of the paper: PDF, PNG or JPEG.")


class ScanOfOtherType(InvalidScan):
    code = "scan_of_other_type"
    heading = N_("This is no scan of a kind that can be used")
    sentence = N_("This is neither PDF nor PNG nor JPEG. Please scan the paper in one of these formats.")


class ScanTooLarge(InvalidScan):
    code = "scan_too_large"
    heading = N_("The scan is too large")
    sentence = N_(
        "This scan has more than %(megabytes)s MB. Please scan it with a lower resolution, such as 200 dpi."
    )


class ScanEncrypted(InvalidScan):
    code = "scan_encrypted"
    heading = N_("The scan is protected by a password")
    sentence = N_("This PDF is protected by a password. Please save it without a password.")


class ScanTooLong(InvalidScan):
    code = "scan_too_long"
    heading = N_("The scan has too many pages")
    sentence = N_("This scan has more than %(pages)s pages. Please bring only the pages with the decision.")


REFUSALS: Final[dict[str, type[InvalidScan]]] = {
    kind.code: kind for kind in (InvalidScan, ScanOfOtherType, ScanEncrypted, ScanTooLong, ScanTooLarge)
}
"""By the code with which the process that reads a scan refuses it."""


def refusal(code: str) -> InvalidScan:
    return REFUSALS.get(code, InvalidScan)(field="scan", megabytes=MEGABYTES, pages=MAX_PAGES)
