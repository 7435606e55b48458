"""What is kept for a time only goes once a day, by one process, and the log says how much."""

from __future__ import annotations

import asyncio
import json
import secrets

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.people.accounts import issue_login_link
from server.actions.record.retention import apply_retention
from server.domain.record.retention import Retention
from server.settings import BadSettings, read_settings
from server.storage.people import sessions
from server.storage.tables import Base
from tests.world import World


async def rows(db: AsyncSession, table: str) -> int:
    return len((await db.execute(select(Base.metadata.tables[table]))).all())


async def cleared(db: AsyncSession) -> list[dict[str, int]]:
    """Facts of what the log says about it."""
    found = await db.scalars(
        text("SELECT entry FROM audit_events WHERE tag = 'service:retention:apply' ORDER BY position")
    )
    return [json.loads(bytes(entry))["facts"] for entry in found]


def fill(world: World) -> None:
    world.run(issue_login_link(world.services, email="anna@example.org", next_path="/"))

    anna, end = world.person("anna").id, world.time.replace(hour=20)

    async def work() -> None:
        async with world.services.database.write() as db:
            await sessions.append_session(db, secrets.token_hex(), anna, world.time, end)
            await db.execute(
                Base.metadata.tables["mails"]
                .insert()
                .values(
                    key=secrets.token_hex(8),
                    recipient="anna@example.org",
                    notice="X",
                    payload={},
                    created_at=world.time,
                    sent_at=world.time,
                )
            )
            await db.execute(
                Base.metadata.tables["invitations"]
                .insert()
                .values(
                    declaration_id=1,
                    email="nie@example.org",
                    name="Nie Nelke",
                    salutation="",
                    role="press",
                    title="",
                    capacity="mayor",
                    created_at=world.time,
                )
            )

    world.run(work())


def test_each_kind_goes_when_its_time_is_over_and_no_earlier(world: World) -> None:
    fill(world)
    assert world.run(apply_retention(world.services))
    assert world.read(cleared) == []
    world.wait(days=2)
    assert world.run(apply_retention(world.services))
    assert world.read(cleared) == [{"login_links": 1, "sessions": 1}]
    world.wait(days=90)
    world.run(apply_retention(world.services))
    assert world.read(cleared)[1:] == [{"mails": 1}]
    world.wait(days=90)
    world.run(apply_retention(world.services))
    assert world.read(cleared)[2:] == [{"invitations": 1}]
    assert world.read(rows, "mails") >= 1  # that it was sent stays, to whom does not


def test_two_processes_do_it_once(world: World) -> None:
    fill(world)
    world.wait(days=2)
    other = world.more_services()

    async def both() -> list[bool]:
        return await asyncio.gather(*(apply_retention(each) for each in (world.services, other, other)))

    done = world.run(both())
    world.run(other.close())
    assert sorted(done) == [False, False, True]
    assert len(world.read(cleared)) == 1


def test_it_comes_again_the_next_morning_only(world: World) -> None:
    assert world.run(apply_retention(world.services))
    world.wait(hours=10)
    assert not world.run(apply_retention(world.services))
    world.wait(hours=14)
    assert world.run(apply_retention(world.services))


def test_the_log_holds_counts_and_nobody(world: World) -> None:
    fill(world)
    world.wait(days=400)
    world.run(apply_retention(world.services))
    (facts,) = world.read(cleared)
    assert facts
    assert all(isinstance(value, int) for value in facts.values())


def test_the_setting_names_days(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = str(tmp_path_factory.mktemp("data"))

    def read(value: str) -> Retention:
        return read_settings({"KRAFTAKT_DATA": data, "KRAFTAKT_RETENTION": value}).retention

    assert read("") == Retention()
    assert read("mails=30, links=2").mails.days == 30
    for wrong in ("mail=3", "mails=", "mails=-1", "mails=1,mails=2", "mails=99999999"):
        with pytest.raises(BadSettings):
            read(wrong)
