"""A call to sign brings its deadline as a calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Calendar

from server.actions.notices.delivery import deliver_waiting
from server.mail.transport import Mail
from tests.actions.sign_offs.people import set_deadline
from tests.world import World

DEADLINE = datetime(2026, 6, 17, 16, 0, tzinfo=UTC)


class Post:
    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


def sent(world: World) -> dict[str, bytes]:
    """By recipient the calendar file that came along."""
    post = Post()
    world.run(deliver_waiting(replace(world.services, transport=post)))
    return {mail.recipient: mail.calendar for mail in post.sent}


def test_the_call_to_sign_has_it_and_other_mail_has_not(world: World) -> None:
    set_deadline(world, DEADLINE)
    world.freeze()
    calendars = sent(world)
    (event,) = Calendar.from_ical(calendars["doris@example.org"]).walk("VEVENT")
    assert event.decoded("dtend") == DEADLINE
    assert event["summary"] == "Frist für die Mitzeichnung: Erklärung"
    assert calendars["anna@example.org"] == b""


def test_without_a_deadline_there_is_none(world: World) -> None:
    world.freeze()
    assert set(sent(world).values()) == {b""}
