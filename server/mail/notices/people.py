"""Notices about taking part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from server.domain.notices.kinds import NoticeKind
from server.mail.notices.notice import Notice


@dataclass(frozen=True, slots=True)
class Invited(Notice):
    """`salutation`: the whole line, without its comma. `code` goes with `link`: a program that opens the link
    does not have it. `part`: a key of `PARTS`; `deadline` and `contact` may be empty. `is_shared`: to an
    office, whose people say who they are."""

    template = "invited"
    kind = NoticeKind.INVITED
    expires_after = timedelta(days=30)
    salutation: str
    declaration: str
    issuer: str
    sender: str
    part: str
    municipality: str
    deadline: str
    contact: str
    link: str
    code: str
    days: int
    is_shared: bool


@dataclass(frozen=True, slots=True)
class MandateGiven(Notice):
    """Who takes part already may bind a municipality. `first` and `last`: days in ISO 8601; without `last`
    for the time being."""

    template = "people/mandate_given"
    kind = NoticeKind.RIGHTS_CHANGED
    name: str
    declaration: str
    municipality: str
    title: str
    first: str
    last: str
    link: str


@dataclass(frozen=True, slots=True)
class MandateChanged(Notice):
    """Other days or another title. Fields as of `MandateGiven`."""

    template = "people/mandate_changed"
    kind = NoticeKind.RIGHTS_CHANGED
    name: str
    declaration: str
    municipality: str
    title: str
    first: str
    last: str
    link: str


@dataclass(frozen=True, slots=True)
class MandateEnded(Notice):
    """`reason`: as it was given, may be empty."""

    template = "people/mandate_ended"
    kind = NoticeKind.RIGHTS_CHANGED
    name: str
    declaration: str
    municipality: str
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class PartChanged(Notice):
    """In place of all that they were. `part`: a key of `PARTS`; `municipality` and `title` may be empty."""

    template = "people/part_changed"
    kind = NoticeKind.RIGHTS_CHANGED
    name: str
    declaration: str
    sender: str
    part: str
    municipality: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class PartEnded(Notice):
    """They were removed. `contact`: whom they can ask, may be empty."""

    template = "people/part_ended"
    kind = NoticeKind.RIGHTS_CHANGED
    name: str
    declaration: str
    sender: str
    contact: str
