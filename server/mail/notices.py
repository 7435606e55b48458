"""Notices: one class per kind; its fields are what the template shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Notice:
    """`template`: the mail is `templates/mail/TEMPLATE.LANGUAGE.txt`, subject in the first line."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class LoginLink(Notice):
    """`link` signs its owner in, once, for so many `minutes`."""

    template = "login_link"
    name: str
    link: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PasskeyAdded(Notice):
    """`at`: in UTC, as people read it."""

    template = "passkey_added"
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class PleaseSign(Notice):
    """A revision waits for the sign-off of a municipality. `again`: the person signed an earlier one."""

    template = "please_sign"
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
    name: str
    declaration: str
    reason: str
    link: str
