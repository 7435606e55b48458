"""Notices: one class per kind; its fields are what the template shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from server.domain.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class Notice:
    """`template`: the mail is `templates/mail/TEMPLATE.LANGUAGE.html`. Fields are texts, numbers and truth
    values: a notice waits as JSON until it leaves.

    `kind`: what its recipient may choose about; None for what belongs to their account and always comes.
    `expires_after`: it is of no use later, and does not leave then.
    """

    template: ClassVar[str]
    kind: ClassVar[NoticeKind | None] = None
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
    """A revision waits for the sign-off of a municipality. `again`: the person signed an earlier one."""

    template = "please_sign"
    kind = NoticeKind.ASKED_TO_SIGN
    name: str
    municipality: str
    declaration: str
    revision: int
    again: bool
    link: str


@dataclass(frozen=True, slots=True)
class SignOffCode(Notice):
    """`digest`: SHA-256 of the text, 64 hexadecimal characters; `code`: as the person reads it."""

    template = "sign_off_code"
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

    template = "withdrawn"
    kind = NoticeKind.WITHDRAWN
    name: str
    declaration: str
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class Letter(Notice):
    """Already in words. `text`: lines, with empty ones between the paragraphs."""

    template = "letter"
    headline: str
    text: str
