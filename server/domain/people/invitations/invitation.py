"""An invitation: who is asked in as what, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.domain.people.languages import Language
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sentences import N_

TTL: Final = timedelta(days=30)
"""Of the link and the code in the mail."""
MAX_ATTEMPTS: Final = 5
"""Wrong codes; then a new mail has to be asked for."""
MAX_PERSONS: Final = 20
"""Who may be invited through one shared mailbox."""


class Stage(StrEnum):
    """How far an invitation has come, in this order."""

    LISTED = "listed"
    """Entered; no mail has been asked for."""
    INVITED = "invited"
    """The mail waits to be sent."""
    SENT = "sent"
    OPENED = "opened"
    """By somebody's press, not by a fetch."""
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return STAGES[self]


STAGES: Final = {
    Stage.LISTED: N_("not invited yet"),
    Stage.INVITED: N_("e-mail waiting"),
    Stage.SENT: N_("e-mail sent"),
    Stage.OPENED: N_("opened"),
    Stage.ACCEPTED: N_("accepted"),
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to be asked in, as the coordination enters them.

    `salutation` is the whole line without its comma; empty: made from the name. `ags`: the municipality that
    they write or sign for. `title` is printed; `capacity` counts for signatories only. `is_shared`: the
    address belongs to an office, and whoever comes says who they are.
    """

    name: str
    email: str
    role: Role
    ags: str = ""
    title: str = ""
    salutation: str = ""
    capacity: MandateKind = MandateKind.MAYOR
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """`person_id`: None until somebody has accepted what went to a shared mailbox, or to an address that
    was named by somebody there. `attempts`: wrong codes so far. `expires_at` is exclusive."""

    id: int
    declaration_id: int
    addressee: Addressee
    person_id: int | None
    attempts: int
    invited_at: datetime | None
    opened_at: datetime | None
    accepted_at: datetime | None
    expires_at: datetime | None

    @property
    def is_locked(self) -> bool:
        return self.attempts >= MAX_ATTEMPTS

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


def salutation_of(addressee: Addressee, language: Language) -> str:
    """„Sehr geehrte Frau Oberbürgermeisterin“ if given, else by name; of an office nobody is named."""
    if addressee.salutation:
        return addressee.salutation
    if addressee.is_shared:
        return "Guten Tag" if language == "de" else "Hello"
    return f"Guten Tag {addressee.name}" if language == "de" else f"Dear {addressee.name}"
