"""Until when answers are taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

GRACE: Final = timedelta(minutes=15)
"""For who was shown the statement before the deadline and is about to confirm it."""


def answers_are_open(deadline: datetime | None, now: datetime, asked_at: datetime | None = None) -> bool:
    """`asked_at`: when the statement was shown that is confirmed now; None where it is only asked for."""
    if deadline is None or now < deadline:
        return True
    return asked_at is not None and asked_at < deadline and now < deadline + GRACE
