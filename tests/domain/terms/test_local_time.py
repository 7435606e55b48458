"""Times are those of clocks in Germany, and stay what they are when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.terms.local_time import ZONE, Hour, hour_of, local_text, moments_of, parse_local
from server.domain.terms.time_errors import InvalidTime, NoSuchHour, TwoSuchHours


def test_summer_and_winter_have_an_hour_between_them() -> None:
    assert parse_local("2027-06-18T00:00") == datetime(2027, 6, 17, 22, 0, tzinfo=UTC)
    assert parse_local("2027-12-18T00:00") == datetime(2027, 12, 17, 23, 0, tzinfo=UTC)


def test_the_hour_that_is_left_out_in_march_is_refused() -> None:
    for text in ("2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59"):
        with pytest.raises(NoSuchHour):
            parse_local(text)
    assert parse_local("2027-03-28T03:00") - parse_local("2027-03-28T01:59") == timedelta(minutes=1)


def test_of_the_hour_that_comes_twice_in_october_one_must_be_chosen() -> None:
    with pytest.raises(TwoSuchHours):
        parse_local("2027-10-31T02:30")
    first, second = (parse_local("2027-10-31T02:30", hour) for hour in Hour)
    assert second - first == timedelta(hours=1)
    assert (hour_of(first), hour_of(second)) == (Hour.FIRST, Hour.SECOND)
    assert parse_local("2027-10-31T01:59", Hour.SECOND) < first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18. Juni",
        "2027-06-31T10:00",
        "2027-06-18T24:00",
        "2027-06-18",
        "1999-12-31T23:59",
        "2101-01-01T00:00",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidTime):
        parse_local(text)


TIMES = st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30)).map(  # noqa: DTZ001  # clocks on a wall
    lambda wall: wall.replace(second=0, microsecond=0, fold=0)
)


@given(TIMES)
def test_every_time_that_exists_is_shown_as_it_was_entered(wall: datetime) -> None:
    for hour in Hour if len(moments_of(wall)) == 2 else (None,):
        if moments_of(wall):
            at = parse_local(wall.strftime("%Y-%m-%dT%H:%M"), hour)
            assert local_text(at) == wall.strftime("%Y-%m-%dT%H:%M")
            assert hour_of(at) == hour


@given(TIMES)
def test_every_moment_is_read_back_from_what_is_shown(wall: datetime) -> None:
    at = wall.replace(tzinfo=UTC)
    assert parse_local(local_text(at), hour_of(at)) == at
    assert at in moments_of(at.astimezone(ZONE).replace(tzinfo=None, fold=0))


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_midnight_is_midnight_all_year(year: int, month: int) -> None:
    at = parse_local(f"{year}-{month:02}-18T00:00")
    assert local_text(at) == f"{year}-{month:02}-18T00:00"
    assert at.hour in (22, 23)
