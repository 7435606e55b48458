"""Notices: one class per kind; its fields are what the template shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from server.domain.notices.kinds import NoticeKind, Stop


@dataclass(frozen=True, slots=True)
class Notice:
    """`template`: the mail is `templates/mail/TEMPLATE.LANGUAGE.html`. Fields are texts, numbers and truth
    values: a notice waits as JSON until it leaves. A moment is a text in ISO 8601.

    `kind`: what its recipient may choose about; None for what belongs to their account and always comes.
    Where that may be the daily mail, the template has a block `line`, the notice `declaration` and `link`.
    `stop`: what its recipient can stop with one press.
    `expires_after`: it is of no use later, and does not leave then.
    """

    template: ClassVar[str]
    kind: ClassVar[NoticeKind | None] = None
    stop: ClassVar[Stop | None] = None
    expires_after: ClassVar[timedelta | None] = None


@dataclass(frozen=True, slots=True)
class LoginLink(Notice):
    """`link` signs its owner in, once, for so many `minutes`."""

    template = "account/login_link"
    expires_after = timedelta(minutes=30)
    name: str
    link: str
    minutes: int


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
class ConfirmationCode(Notice):
    """Who is signed in confirms with `code`, for so many `minutes`, that it is them."""

    template = "account/confirmation_code"
    expires_after = timedelta(minutes=30)
    name: str
    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PasskeyAdded(Notice):
    """`at`: in UTC, as people read it."""

    template = "account/passkey_added"
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class PasskeyRemoved(Notice):
    """`at`: in UTC, as people read it."""

    template = "account/passkey_removed"
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class PleaseSign(Notice):
    """A revision waits for the sign-off of a municipality. `again`: the person signed an earlier one; then
    `nature` (a value of `Nature`) and `change` say what is new, as the coordination put it. `link` signs its
    owner in, once, until `link_ends`. `deadline`, `contact`: empty where there is none."""

    template = "sign_offs/please_sign"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    revision: int
    again: bool
    link: str
    deadline: str = ""
    contact: str = ""
    nature: str = ""
    change: str = ""
    link_ends: str = ""


@dataclass(frozen=True, slots=True)
class SignOffCode(Notice):
    """`digest`: SHA-256 of the text, 64 hexadecimal characters; `code`: as the person reads it."""

    template = "sign_offs/sign_off_code"
    expires_after = timedelta(minutes=30)
    name: str
    municipality: str
    declaration: str
    revision: int
    digest: str
    code: str
    minutes: int


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
class Letter(Notice):
    """Already in words. `text`: lines, with empty ones between the paragraphs."""

    template = "notices/letter"
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class TextFixed(Notice):
    """For those who wrote the text."""

    template = "text/text_fixed"
    kind = NoticeKind.TEXT_FIXED
    name: str
    declaration: str
    revision: int
    link: str


@dataclass(frozen=True, slots=True)
class Reopened(Notice):
    """For those who signed the `revision`."""

    template = "text/reopened"
    kind = NoticeKind.REOPENED
    name: str
    declaration: str
    revision: int
    link: str


@dataclass(frozen=True, slots=True)
class DeadlineNear(Notice):
    """`days` from the day of writing to that of the `deadline`; 0: today."""

    template = "sign_offs/deadline_near"
    kind = NoticeKind.DEADLINE
    stop = Stop.REMINDERS
    expires_after = timedelta(days=1)
    name: str
    municipality: str
    declaration: str
    deadline: str
    days: int
    link: str


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Notice):
    """The coordination has set another `deadline`, or none (empty), while answers are open. `may_answer`: the
    recipient may give one; else they prepare it."""

    template = "notices/deadline_moved"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    deadline: str
    may_answer: bool
    link: str


@dataclass(frozen=True, slots=True)
class Answered(Notice):
    """`answer`: the value of an `Answer`."""

    template = "sign_offs/answered"
    kind = NoticeKind.ANSWERED
    name: str
    municipality: str
    declaration: str
    answer: str
    link: str


@dataclass(frozen=True, slots=True)
class NotableAnswer(Notice):
    """The same for the coordination, where it may have to act. `answer`: also `withdrawn`."""

    template = "sign_offs/answered"
    kind = NoticeKind.NOTABLE_ANSWER
    name: str
    municipality: str
    declaration: str
    answer: str
    link: str


@dataclass(frozen=True, slots=True)
class OwnAnswer(Notice):
    """The same for the municipality's staff."""

    template = "sign_offs/answered"
    kind = NoticeKind.OWN_ANSWER
    name: str
    municipality: str
    declaration: str
    answer: str
    link: str


@dataclass(frozen=True, slots=True)
class Receipt(Notice):
    """For whoever has answered. `level`: the value of a `Level`; `digest`: of the text, in hexadecimal."""

    template = "sign_offs/receipt"
    name: str
    municipality: str
    declaration: str
    revision: int
    digest: str
    answer: str
    level: str
    given_at: str
    link: str


@dataclass(frozen=True, slots=True)
class AnsweredInYourPlace(Notice):
    """For the mayor, who may answer otherwise until the seal."""

    template = "sign_offs/in_your_place"
    name: str
    municipality: str
    declaration: str
    deputy: str
    answer: str
    given_at: str
    link: str


@dataclass(frozen=True, slots=True)
class SecondSignature(Notice):
    """For the second of two employees. `other`: the one who has answered."""

    template = "sign_offs/second_signature"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    other: str
    answer: str
    link: str


@dataclass(frozen=True, slots=True)
class PaperWaits(Notice):
    """An answer on paper counts when its recipient has compared it with the scan. `recorder`: who
    brought it."""

    template = "sign_offs/paper_waits"
    kind = NoticeKind.PAPER_WAITS
    name: str
    municipality: str
    declaration: str
    signatory: str
    recorder: str
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
class Reminder(Notice):
    """`text`: what the coordination writes, with empty lines between the paragraphs."""

    template = "notices/reminder"
    kind = NoticeKind.REMINDER
    stop = Stop.REMINDERS
    name: str
    declaration: str
    text: str
    sender: str
    link: str


@dataclass(frozen=True, slots=True)
class Digest(Notice):
    """What a person has chosen to hear once a day. `more`: how many there are beside the `items`."""

    template = "notices/digest"
    stop = Stop.DIGEST
    name: str
    items: tuple[Notice, ...]
    more: int
    link: str
