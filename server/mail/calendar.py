"""A deadline as a calendar file (RFC 5545), which every calendar program takes."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


def deadline_calendar(
    *, slug: str, host: str, summary: str, link: str, deadline: datetime, now: datetime
) -> bytes:
    """One event that ends with the deadline, with a reminder a day before. The same event, whenever it is
    asked for: a later deadline moves it in calendars that have it."""
    event = Event()
    event.add("uid", f"deadline-{slug}@{host}")
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()))
    event.add("dtstart", deadline - timedelta(minutes=30))
    event.add("dtend", deadline)
    event.add("summary", summary)
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(summary))
    calendar = Calendar()
    calendar.add("prodid", "-//Kraftakt//Deadlines//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-1))
    return alarm
