"""What goes into the E-Akte: which message carries it, what it holds, and what was decided.

The message types are those of xdomea's list of messages: 0101 tells, 0401 hands over. 0503 is for an archive
after the period of retention, which is the receiving system's own matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.audit import Tag
from server.domain.errors import Refused
from server.domain.release.addenda import AddendumKind
from server.domain.release.reports import Progress
from server.domain.sentences import N_

MAX_BYTES: Final = 256 << 20
"""Of all files together; a declaration with 200 scanned papers has about 60 MiB."""
MAX_READER: Final = 200


class XdomeaVersion(StrEnum):
    V4 = "4.0.0"
    V3 = "3.0.0"


class MessageKind(StrEnum):
    """The code, and what xdomea calls it."""

    INFORMATION = "0101"
    """A copy for somebody's file."""
    HANDOVER = "0401"
    """The file itself changes hands."""

    @property
    def called(self) -> str:
        return MESSAGE_TITLES[self]

    @property
    def label(self) -> str:
        return MESSAGE_LABELS[self]

    @classmethod
    def named(cls, code: str) -> MessageKind | None:
        return next((kind for kind in cls if kind == code), None)


MESSAGE_TITLES: Final[Mapping[MessageKind, str]] = {
    MessageKind.INFORMATION: "Information.Information",
    MessageKind.HANDOVER: "Abgabe.Abgabe",
}
MESSAGE_LABELS: Final[Mapping[MessageKind, str]] = {
    MessageKind.INFORMATION: N_("Copy for a file (0101)"),
    MessageKind.HANDOVER: N_("Handing the file over (0401)"),
}

DECISIONS: Final = (
    (Tag.DECLARATION_CREATE, "Erklärung angelegt"),
    (Tag.TEXT_FREEZE, "Text als Fassung festgelegt"),
    (Tag.TEXT_REOPEN, "Text wieder geöffnet"),
    (Tag.TRANSLATION_FIX, "Übersetzung festgelegt"),
    (Tag.DOCUMENT_SEAL, "Dokument gesiegelt"),
    (Tag.DOCUMENT_RENEW, "Archivzeitstempel erneuert"),
    (Tag.RELEASE_DECIDE, "Schritt der Veröffentlichung beschlossen"),
    (Tag.RELEASE_LOCK, "Dokument als vertraulich gesperrt"),
    (Tag.DECLARATION_PUBLISH, "Erklärung veröffentlicht"),
    (Tag.ACCESSION_ADMIT, "Beitritt einer Kommune zugelassen"),
    (Tag.ANNEX_SEAL, "Nachtrag der Beigetretenen gesiegelt"),
    (Tag.ADDENDUM_SEAL, "Berichtigung oder Zurückziehung gesiegelt"),
    (Tag.REPORT_PUBLISH, "Bericht zum Stand der Umsetzung veröffentlicht"),
    (Tag.DECLARATION_WITHDRAW, "Erklärung zurückgezogen"),
)
"""Of the log's acts those that a file keeps, in its German words."""

ADDENDUM_WORDS: Final[Mapping[AddendumKind, str]] = {
    AddendumKind.ERRATUM: "Berichtigung",
    AddendumKind.WITHDRAWAL: "Zurückziehung",
}
PROGRESS_WORDS: Final[Mapping[Progress, str]] = {
    Progress.DONE: "umgesetzt",
    Progress.UNDER_WAY: "in Umsetzung",
    Progress.NOT_BEGUN: "noch nicht begonnen",
    Progress.NOT_PLANNED: "nicht vorgesehen",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """`who`: an office, never a person."""

    at: datetime
    who: str
    what: str


class ArchiveTooLarge(Refused):
    """`most`: in MiB."""

    code = "archive_too_large"
    heading = N_("The package would be too large")
    sentence = N_(
        "The files are more than %(most)s MiB altogether. Please hand the documents over one by one."
    )
