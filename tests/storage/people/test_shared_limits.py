"""Limits that protect people hold for all processes together."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from server.actions.people import accounts
from server.actions.people.account import confirming
from server.domain.errors import TooMany
from server.storage.people import shared_limits
from tests.world import World

PERIOD = timedelta(minutes=15)


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A world on either database."""
    world = World(tmp_path, database_url)
    yield world
    world.close()


async def take(world: World, name: str = "anna") -> timedelta | None:
    async with world.services.database.write() as db:
        return await shared_limits.take(db, name, capacity=3, period=PERIOD, now=world.services.now())


def test_a_bucket_empties_and_fills_again(both: World) -> None:
    assert [both.run(take(both)) for _ in range(3)] == [None] * 3
    assert both.run(take(both)) == timedelta(minutes=5)
    assert both.run(take(both, "ben")) is None
    both.wait(minutes=5)
    assert both.run(take(both)) is None
    assert both.run(take(both)) == timedelta(minutes=5)


def test_a_clock_that_was_set_back_keeps_nobody_waiting_longer_than_the_limit(both: World) -> None:
    assert [both.run(take(both)) for _ in range(3)] == [None] * 3
    both.wait(minutes=-60)
    assert both.run(take(both)) is None
    assert both.run(take(both)) == timedelta(minutes=5)


def test_processes_that_act_at_once_share_one_bucket(both: World) -> None:
    other = both.more_services()

    async def all_at_once() -> int:
        worlds = [both.services, other] * 10

        async def one(services: object) -> timedelta | None:
            async with services.database.write() as db:  # type: ignore[attr-defined]
                return await shared_limits.take(
                    db, "anna", capacity=3, period=PERIOD, now=both.services.now()
                )

        done = await asyncio.gather(*map(one, worlds))
        await other.close()
        return done.count(None)

    assert both.run(all_at_once()) == 3


def test_mails_to_one_address_are_counted_over_processes(both: World) -> None:
    other = both.more_services()
    for services in (both.services, other) * 10:
        work = accounts.send_login_link(
            services, email="anna@example.org", next_path="/", browser="b", code="123456"
        )
        both.run(work)
    both.run(other.close())
    assert len([mail for mail in both.letters if mail.recipient == "anna@example.org"]) == 12


def test_codes_to_one_person_are_counted_over_processes(both: World) -> None:
    other, anna = both.more_services(), both.person("anna")
    for services in (both.services, other) * 5:
        both.run(confirming.send_code(services, actor=anna))
    with pytest.raises(TooMany):
        both.run(confirming.send_code(other, actor=anna))
    both.run(confirming.send_code(other, actor=both.person("clara")))
    both.run(other.close())
