"""How long somebody stays signed in, and for how long a proof of who they are is fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.domain.errors import ProofNeeded

FRESH: Final = timedelta(minutes=10)
"""Since a link, a code or a passkey: what deciding acts and an added key need."""
TOUCH_AFTER: Final = timedelta(minutes=5)
"""Uses that come sooner after another are not written down."""


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """`idle`: without any request; `limit`: from signing in, and so the life of the cookie."""

    idle: timedelta = timedelta(hours=12)
    limit: timedelta = timedelta(hours=168)

    def end(self, created_at: datetime, used_at: datetime) -> datetime:
        """When the person is no longer signed in (exclusive)."""
        return min(created_at + self.limit, used_at + self.idle)


def is_fresh(proven_at: datetime, now: datetime) -> bool:
    """A proof that lies further ahead than it may lie behind is of a clock that was set back since."""
    return abs(now - proven_at) <= FRESH


def ensure_fresh(proven_at: datetime, now: datetime) -> None:
    """`proven_at`: when the person last proved in this session who they are. Raises ProofNeeded."""
    if not is_fresh(proven_at, now):
        raise ProofNeeded()
