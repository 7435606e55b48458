"""The morning after a council has met, who answered under its reservation is asked to confirm: once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.actions.declarations.start import Invitee
from server.actions.notices.councils import remind_of_councils
from server.actions.sign_offs.request import Reply
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import SignOff
from server.storage.notices.mails import list_waiting
from tests.actions.sign_offs.people import set_deadline, with_people
from tests.world import OFFENBURG, World

MEETS = "2026-06-24"
"""The world's clock begins on 17 June 2026, noon in Berlin."""


@pytest.fixture
def either(tmp_path: Path, database_url: str) -> Iterator[World]:
    """On either database."""
    with closing(World(tmp_path, database_url)) as world:
        yield world


def answers(world: World, name: str = "doris", day: str = MEETS) -> SignOff:
    reply = Reply(Answer.SUBJECT_TO_COUNCIL, "", day, "Gemeinderat", "GR 7/2026")
    challenge, code = world.send_code(name, reply=reply)
    return world.confirm(name, challenge, code)


def mornings(world: World, days: int) -> list[tuple[str, str]]:
    """Day and recipient of each reminder, the service looking once an hour."""
    found, before = [], len(world.letters)
    for _ in range(days * 24):
        world.wait(hours=1)
        world.run(remind_of_councils(world.services))
        waiting = world.read(list_waiting, 1000)  # not put into words each hour
        found += [(f"{world.time:%d.%m. %H}", mail.recipient) for mail in waiting[before:]]
        before = len(waiting)
    return found


def test_it_comes_the_morning_after_and_once(world: World) -> None:
    world.freeze()
    answers(world)
    assert mornings(world, 20) == [("25.06. 05", "doris@example.org")]  # seven o'clock in Berlin
    letter = world.letters[-1]
    assert "Die Sitzung war für den 24. Juni 2026 angekündigt" in letter.body
    assert "/sign?municipality=08317096" in letter.body


def test_a_day_that_is_not_known_reminds_of_nothing(world: World) -> None:
    world.freeze()
    answers(world, day="")
    assert mornings(world, 20) == []


def test_who_has_confirmed_or_withdrawn_or_is_asked_anew_is_left_in_peace(world: World) -> None:
    world.freeze()
    answers(world)
    answers(world, "gustav")
    world.answer("doris", Answer.SIGNS)
    world.withdraw("gustav")
    assert mornings(world, 10) == []
    answers(world, "gustav", "2026-07-01")
    world.reopen()
    world.write("Neu. ")
    world.freeze()
    assert mornings(world, 10) == []


def test_after_the_deadline_nobody_is_asked_for_what_is_no_longer_taken(world: World) -> None:
    world.freeze()
    answers(world)
    set_deadline(world, datetime(2026, 6, 24, 16, tzinfo=UTC))
    assert mornings(world, 10) == []
    set_deadline(world, datetime(2026, 7, 20, 16, tzinfo=UTC))
    assert [who for _, who in mornings(world, 1)] == ["doris@example.org"], "an extension makes up for it"


def test_the_mayor_hears_of_what_a_deputy_answered(world: World) -> None:
    deputy = Invitee("ida@example.org", "Ida", Role.SIGNATORY, OFFENBURG, "Beigeordnete", MandateKind.DEPUTY)
    with_people(world, deputy)
    world.freeze()
    answers(world, "ida")
    assert {who for _, who in mornings(world, 9)} == {"doris@example.org", "ida@example.org"}


def test_of_two_processes_one_asks(either: World) -> None:
    either.freeze()
    answers(either)
    either.wait(days=9)
    before, other = len(either.letters), either.more_services()

    async def both() -> None:
        await asyncio.gather(remind_of_councils(either.services), remind_of_councils(other))
        await other.close()

    either.run(both())
    assert len(either.letters) == before + 1
