"""What somebody has seen of a text, for „was ist neu seit meinem letzten Besuch“."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

SAME_VISIT: Final = timedelta(minutes=30)
"""Who comes back sooner goes on with the visit before: a reload or a tunnel ends none."""


@dataclass(frozen=True, slots=True)
class TextVisit:
    """`seen`: position of the log that was last in front of them, at `seen_at`. `before` and `before_at`: the
    same of the end of the visit before, None at the first."""

    seen_at: datetime
    seen: int
    before_at: datetime | None = None
    before: int | None = None


def arrive(last: TextVisit | None, position: int, now: datetime) -> TextVisit:
    """Somebody opens the text."""
    if last is None:
        return TextVisit(now, position)
    if now - last.seen_at < SAME_VISIT:
        return replace(last, seen_at=now)
    return TextVisit(now, position, last.seen_at, last.seen)


def leave(last: TextVisit | None, position: int, now: datetime) -> TextVisit:
    """They close it: everything up to now was in front of them."""
    if last is None:
        return TextVisit(now, position)
    return replace(last, seen_at=now, seen=position)
