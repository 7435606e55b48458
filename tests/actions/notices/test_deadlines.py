"""A deadline is announced seven, three and one day ahead and on its morning, to who has not answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from server.actions.notices import daily
from server.storage.tables.declarations import DeclarationRow
from tests.world import World

DEADLINE = datetime(2026, 10, 28, 16, 0, tzinfo=UTC)
"""The clocks go back on the 25th: seven o'clock is 5:00 UTC before, 6:00 after."""


@pytest.fixture
def either(tmp_path: Path, database_url: str) -> Iterator[World]:
    with closing(World(tmp_path, database_url)) as world:
        yield world


def begin(world: World, deadline: datetime = DEADLINE) -> None:
    """The text is fixed two weeks ahead."""

    async def set_deadline() -> None:
        async with world.services.database.write() as db:
            await db.execute(update(DeclarationRow).values(deadline=deadline))

    world.run(set_deadline())
    world.time = DEADLINE - timedelta(days=14)
    world.freeze()


def announced(world: World, day: int, hour: int, minute: int = 0) -> list[tuple[str, str]]:
    """What is new after a look at this time in October."""
    before = len(world.letters)
    world.time = datetime(2026, 10, day, hour, minute, tzinfo=UTC)
    world.run(daily.announce_deadlines(world.services))
    return [(letter.recipient.partition("@")[0], letter.subject) for letter in world.letters[before:]]


def test_it_is_announced_four_times_in_the_region_s_own_mornings(world: World) -> None:
    begin(world)
    both = ["gustav", "doris"]
    assert announced(world, 21, 4, 59) == []
    assert announced(world, 21, 5) == [(who, "Noch 7 Tage: „Erklärung“") for who in both]
    assert announced(world, 21, 5, 1) == []
    assert announced(world, 25, 5, 59) == []
    assert announced(world, 25, 6) == [(who, "Noch 3 Tage: „Erklärung“") for who in both]
    assert announced(world, 27, 6) == [(who, "Morgen endet die Frist: „Erklärung“") for who in both]
    assert announced(world, 28, 6) == [(who, "Heute endet die Frist: „Erklärung“") for who in both]
    assert announced(world, 28, 16) == []


def test_who_has_answered_is_left_in_peace(world: World) -> None:
    begin(world)
    world.sign_with_passkey("doris")
    assert [who for who, _ in announced(world, 21, 5)] == ["gustav"]


def test_the_announcement_belongs_to_the_call_to_sign(world: World) -> None:
    begin(world)
    asked = {letter.recipient: letter.mail.key for letter in world.letters}
    announced(world, 21, 5)
    (reminder,) = [one for one in world.letters if one.mail.reply_to and one.recipient.startswith("doris")]
    assert reminder.mail.reply_to == asked["doris@example.org"]
    assert reminder.mail.unsubscribe


def test_after_downtime_only_the_newest_step_is_announced_with_the_days_that_are_left(world: World) -> None:
    begin(world)
    assert {subject for _, subject in announced(world, 26, 12)} == {"Noch 2 Tage: „Erklärung“"}
    assert announced(world, 26, 13) == []
    assert {subject for _, subject in announced(world, 27, 6)} == {"Morgen endet die Frist: „Erklärung“"}


def test_who_was_asked_to_sign_after_a_step_is_not_reminded_of_it(world: World) -> None:
    begin(world)
    world.time = DEADLINE - timedelta(days=5)
    world.reopen()
    world.freeze()
    assert announced(world, 23, 18) == []
    assert len(announced(world, 25, 6)) == 2


def test_while_the_text_is_open_nothing_is_announced(world: World) -> None:
    begin(world)
    world.reopen()
    assert announced(world, 21, 5) == []


def test_a_new_deadline_is_announced_anew(world: World) -> None:
    begin(world)
    assert len(announced(world, 21, 5)) == 2

    async def move() -> None:
        async with world.services.database.write() as db:
            await db.execute(update(DeclarationRow).values(deadline=DEADLINE + timedelta(days=1)))

    world.run(move())
    assert len(announced(world, 22, 5)) == 2


def test_of_two_processes_one_announces(either: World) -> None:
    begin(either)
    before, other = len(either.letters), either.more_services()
    either.time = datetime(2026, 10, 21, 5, tzinfo=UTC)

    async def both() -> None:
        await asyncio.gather(daily.announce_deadlines(either.services), daily.announce_deadlines(other))
        await other.close()

    either.run(both())
    assert len(either.letters) == before + 2
