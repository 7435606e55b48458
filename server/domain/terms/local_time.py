"""Times as people enter and read them, in the region's zone; stored they are in UTC.

Twice a year the clocks change: an hour in March does not exist, one in October comes twice. A time in either
is never guessed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from server.domain.terms.time_errors import InvalidTime, NoSuchHour, TwoSuchHours

ZONE: Final = ZoneInfo("Europe/Berlin")
FORM: Final = "%Y-%m-%dT%H:%M"
"""What `<input type="datetime-local">` sends and takes."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Hour(StrEnum):
    """Which of the two, where an hour comes twice."""

    FIRST = "first"
    """In summer time."""
    SECOND = "second"
    """In winter time."""


def parse_local(text: str, hour: Hour | None = None) -> datetime:
    """UTC, whole minutes. Raises InvalidTime for what is no time, NoSuchHour, TwoSuchHours without `hour`."""
    try:
        wall = datetime.strptime(text.strip().replace(" ", "T")[:16], FORM)  # noqa: DTZ007  # the zone is ours
    except ValueError as error:
        raise InvalidTime(text=text[:40]) from error
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise InvalidTime(text=text[:40])
    moments = moments_of(wall)
    if not moments:
        raise NoSuchHour(at=f"{wall:%d.%m.%Y, %H:%M}")
    if len(moments) > 1 and hour is None:
        raise TwoSuchHours(at=f"{wall:%d.%m.%Y, %H:%M}")
    return moments[-1] if hour is Hour.SECOND else moments[0]


def moments_of(wall: datetime) -> list[datetime]:
    """When the region's clocks show this: never, once or twice."""
    found = {
        wall.replace(tzinfo=ZONE, fold=fold).astimezone(UTC)
        for fold in (0, 1)
        if wall.replace(tzinfo=ZONE, fold=fold).astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) == wall
    }
    return sorted(found)


def begin_of(day: date) -> datetime:
    """Its first moment, in UTC: midnight comes once on every day, whatever the clocks do later."""
    return datetime.combine(day, time(), tzinfo=ZONE).astimezone(UTC)


def day_of(at: datetime) -> date:
    """Which day it is then."""
    return at.astimezone(ZONE).date()


def local_text(at: datetime) -> str:
    """For the form's field: what `parse_local` reads."""
    return at.astimezone(ZONE).strftime(FORM)


def hour_of(at: datetime) -> Hour | None:
    """Which of the two hours it is; None where there is one only."""
    local = at.astimezone(ZONE)
    moments = moments_of(local.replace(tzinfo=None, fold=0))
    if len(moments) < 2:
        return None
    return Hour.SECOND if local.fold else Hour.FIRST
