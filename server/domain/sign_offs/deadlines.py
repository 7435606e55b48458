"""Until when answers are taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

GRACE: Final = timedelta(minutes=15)
"""For who was shown the statement before the deadline and is about to confirm it."""


def last_confirmation(deadline: datetime | None, now: datetime) -> datetime | None:
    """Until when a statement that was shown in time can be confirmed; None while that is not worth a word:
    long before the deadline, and when all is over."""
    if deadline is None or not deadline - GRACE <= now < deadline + GRACE:
        return None
    return deadline + GRACE


def answers_are_open(deadline: datetime | None, now: datetime, asked_at: datetime | None = None) -> bool:
    """`asked_at`: when the statement was shown that is confirmed now; None where it is only asked for."""
    if deadline is None or now < deadline:
        return True
    return asked_at is not None and asked_at < deadline and now < deadline + GRACE
