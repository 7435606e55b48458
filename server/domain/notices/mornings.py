"""Mornings and deadlines in the region's own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from server.domain.terms.local_time import ZONE, day_of

MORNING: Final = time(7)
"""When daily mails and reminders of a deadline leave."""
DAYS_AHEAD: Final = (7, 3, 1, 0)
"""How long before a deadline it is announced; 0: on its morning."""


@dataclass(frozen=True, slots=True)
class Step:
    """A deadline is announced so many `days` ahead, from the moment `at` on."""

    days: int
    at: datetime


def last_morning(now: datetime) -> datetime:
    """Seven o'clock of today, or of yesterday if that is still to come."""
    today = day_of(now)
    morning = _morning_of(today)
    return morning if morning <= now else _morning_of(today - timedelta(days=1))


def due_step(deadline: datetime, now: datetime) -> Step | None:
    """The newest step that has come, however long ago: what was missed before it is not made up for. None
    when the first is still to come, and after the deadline."""
    day = day_of(deadline)
    steps = (Step(days, _morning_of(day - timedelta(days=days))) for days in DAYS_AHEAD)
    come = [step for step in steps if step.at <= now < deadline]
    return come[-1] if come else None


def days_until(deadline: datetime, now: datetime) -> int:
    """Midnights between the two."""
    return (day_of(deadline) - day_of(now)).days


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING, ZONE)
