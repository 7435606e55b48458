"""Notices about a declaration as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.notices.kinds import NoticeKind, Stop
from server.mail.notices.notice import Notice


@dataclass(frozen=True, slots=True)
class DeclarationWithdrawn(Notice):
    """`reason`: why, in the coordination's words."""

    template = "declarations/withdrawn"
    kind = NoticeKind.WITHDRAWN
    name: str
    declaration: str
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class AccessionAsked(Notice):
    """A municipality asks to join; `link` leads to where that is decided."""

    template = "release/accession_asked"
    kind = NoticeKind.ACCESSION
    name: str
    declaration: str
    municipality: str
    link: str


@dataclass(frozen=True, slots=True)
class ReleaseProposed(Notice):
    """Somebody proposed a step of the publication, and a second person is waited for."""

    template = "release/proposed"
    kind = NoticeKind.RELEASE_WAITS
    name: str
    declaration: str
    link: str


@dataclass(frozen=True, slots=True)
class Sealed(Notice):
    """`embargo`: until when nothing may be public; empty without one."""

    template = "release/sealed"
    kind = NoticeKind.SEALED
    name: str
    declaration: str
    embargo: str
    link: str


@dataclass(frozen=True, slots=True)
class Published(Notice):
    """`link`: the public page."""

    template = "release/published"
    kind = NoticeKind.PUBLISHED
    name: str
    declaration: str
    link: str


@dataclass(frozen=True, slots=True)
class AddendumProposed(Notice):
    """Somebody proposed an erratum or the withdrawal, and a second person is waited for."""

    template = "release/addendum_proposed"
    kind = NoticeKind.RELEASE_WAITS
    name: str
    declaration: str
    link: str


@dataclass(frozen=True, slots=True)
class ErratumPublished(Notice):
    """`reason`: what is wrong, in the coordination's words; `link`: the public page."""

    template = "release/erratum"
    kind = NoticeKind.ERRATUM
    name: str
    declaration: str
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class Retracted(Notice):
    """Withdrawn after its publication; `reason` and `link` as with an erratum."""

    template = "release/retracted"
    kind = NoticeKind.WITHDRAWN
    name: str
    declaration: str
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class WebhookDisabled(Notice):
    """It failed for days; `link` leads to where it is switched on again."""

    template = "release/webhook_disabled"
    kind = NoticeKind.WEBHOOK_DISABLED
    name: str
    declaration: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class ReportWanted(Notice):
    """The municipality has not said yet how far it is. `reported` of `total` municipalities have; `link`
    leads to its form, `sender` is who reminds."""

    template = "notices/report_wanted"
    kind = NoticeKind.REMINDER
    stop = Stop.REMINDERS
    name: str
    declaration: str
    municipality: str
    year: int
    reported: int
    total: int
    sender: str
    link: str
