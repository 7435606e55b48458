"""Times and days in forms: entered in the region's time, kept in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from server.domain.errors import InvalidInput
from server.domain.terms.local_time import Hour, hour_of, local_text, parse_local
from server.web.http.forms import Form

HOUR = "_hour"
"""What is added to a field's name for the choice between the two hours in October."""


def read_moment(form: Form, name: str) -> datetime | None:
    """None for an empty field. Raises InvalidTime, NoSuchHour, TwoSuchHours."""
    text = form.optional_text(name, 40)
    which = form.optional_text(name + HOUR, 10)
    hour = next((hour for hour in Hour if hour == which), None)
    return parse_local(text, hour) if text else None


def read_day(form: Form, name: str) -> date | None:
    """None for an empty field."""
    text = form.optional_text(name, 10)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(field=name) from error


def moment_fields(name: str, at: datetime | None) -> Mapping[str, str]:
    """What the form's fields hold for a time."""
    if at is None:
        return {name: "", name + HOUR: ""}
    return {name: local_text(at), name + HOUR: hour_of(at) or ""}
