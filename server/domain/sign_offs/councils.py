"""Answers under the reservation that a council decides: when it is time to confirm them."""

from __future__ import annotations

from datetime import date, datetime

from server.domain.notices.mornings import last_morning
from server.domain.terms.local_time import day_of


def council_meets(council_date: str, now: datetime) -> bool:
    """Has the day of the meeting come (ISO 8601, empty where it is not known)?"""
    return bool(council_date) and date.fromisoformat(council_date) <= day_of(now)


def reminds_of_days_before(now: datetime) -> str:
    """It is said in the morning after a meeting: of those before this day (ISO 8601)."""
    return day_of(last_morning(now)).isoformat()


def meets_too_late(council_date: str, deadline: datetime | None) -> bool:
    """After the last day on which the answer can be confirmed."""
    if not council_date or deadline is None:
        return False
    return date.fromisoformat(council_date) > day_of(deadline)
