"""Notices about somebody's account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from server.mail.notices.notice import Notice


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
    """`at`: ISO 8601."""

    template = "account/passkey_added"
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class PasskeyRemoved(Notice):
    """`at`: ISO 8601."""

    template = "account/passkey_removed"
    name: str
    at: str
