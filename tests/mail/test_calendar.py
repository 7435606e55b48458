"""The deadline as a calendar file that other programs read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from server.mail.calendar import deadline_calendar

DEADLINE = datetime(2027, 6, 17, 16, 0, tzinfo=UTC)


def event(deadline: datetime = DEADLINE, now: datetime = DEADLINE - timedelta(days=9)) -> Event:
    data = deadline_calendar(
        slug="erklaerung",
        host="kraftakt.example",
        summary="Frist: „Digital; gemeinsam, vor Ort“",
        link="https://kraftakt.example/declarations/erklaerung",
        deadline=deadline,
        now=now,
    )
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    return found


def test_it_ends_with_the_deadline_in_any_time_zone() -> None:
    assert event().decoded("dtend") == DEADLINE
    assert event()["summary"] == "Frist: „Digital; gemeinsam, vor Ort“"


def test_a_day_before_the_calendar_says_so() -> None:
    (alarm,) = event().walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-1)


def test_a_later_deadline_moves_the_same_event() -> None:
    later = event(DEADLINE + timedelta(days=3), DEADLINE - timedelta(days=1))
    assert later["uid"] == event()["uid"]
    assert later["sequence"] > event()["sequence"]
