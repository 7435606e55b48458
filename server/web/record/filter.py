"""What the log's address asks for, and the same as an address again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from server.domain.audit import Tag
from server.domain.terms.local_time import ZONE, day_of
from server.storage.record.filtered import Wanted

FIELDS: Final = ("person", "ags", "tag", "from", "to")


def read_filter(query: Mapping[str, str]) -> Wanted:
    """What is written wrongly is as if it were not there. Days are the region's, both belong to the time."""
    person, ags, tag = query.get("person", ""), query.get("ags", ""), query.get("tag", "")
    return Wanted(
        person=int(person) if is_number(person) else None,
        ags=ags if is_number(ags) and len(ags) <= 8 else "",
        tag=next((known for known in Tag if known.value == tag), None),
        since=_begin(_day(query.get("from", ""))),
        until=_begin(_day(query.get("to", "")), days=1),
    )


def fields_of(wanted: Wanted) -> dict[str, str]:
    """What stands in the form, empty where nothing is asked for."""
    return {
        "person": "" if wanted.person is None else str(wanted.person),
        "ags": wanted.ags,
        "tag": wanted.tag.value if wanted.tag else "",
        "from": _day_text(wanted.since),
        "to": _day_text(wanted.until, days=1),
    }


def query_of(wanted: Wanted, **more: str) -> str:
    """`?…`, or nothing."""
    given = {name: value for name, value in {**fields_of(wanted), **more}.items() if value}
    return f"?{urlencode(given)}" if given else ""


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _begin(day: date | None, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(), ZONE).astimezone(UTC)


def _day_text(at: datetime | None, days: int = 0) -> str:
    return (day_of(at) - timedelta(days=days)).isoformat() if at else ""
