"""Notices about answers, and calls for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from server.domain.notices.kinds import NoticeKind, Stop
from server.mail.notices.notice import Notice


@dataclass(frozen=True, slots=True)
class PleaseSign(Notice):
    """A revision waits for the sign-off of a municipality. `again`: the person signed an earlier one; then
    `nature` (a value of `Nature`) and `change` say what is new, as the coordination put it. `link` signs its
    owner in, once, until `link_ends`. `deadline`, `contact`: empty where there is none."""

    template = "sign_offs/calls/please_sign"
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
class DeadlineNear(Notice):
    """`days` from the day of writing to that of the `deadline`; 0: today."""

    template = "sign_offs/calls/deadline_near"
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
    recipient may give one; else they prepare it. `answered`: there is one, which stays."""

    template = "notices/deadline_moved"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    deadline: str
    may_answer: bool
    link: str
    answered: bool = False


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
    deadline: str = ""
    """Until when one can answer differently; empty: until the seal."""


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
    deadline: str = ""
    """As on a receipt."""


@dataclass(frozen=True, slots=True)
class SecondSignature(Notice):
    """For the second of two employees. `other`: the one who has answered."""

    template = "sign_offs/calls/second_signature"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    other: str
    answer: str
    link: str


@dataclass(frozen=True, slots=True)
class CouncilHasMet(Notice):
    """For who answered under the council's reservation, the morning after its meeting. `day`: ISO 8601;
    `deadline`: empty where there is none."""

    template = "sign_offs/calls/council_has_met"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    day: str
    link: str
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class PaperWaits(Notice):
    """An answer on paper counts when its recipient has compared it with the scan. `recorder`: who
    brought it."""

    template = "sign_offs/calls/paper_waits"
    kind = NoticeKind.PAPER_WAITS
    name: str
    municipality: str
    declaration: str
    signatory: str
    recorder: str
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
