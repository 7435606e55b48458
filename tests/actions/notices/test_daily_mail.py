"""At seven in the morning, one mail a person with what they want to hear once a day, and only once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.actions.notices import choosing, daily
from server.domain.notices.kinds import NoticeKind, Pace
from server.storage.notices import choices
from tests.world import World


@pytest.fixture
def either(tmp_path: Path, database_url: str) -> Iterator[World]:
    with closing(World(tmp_path, database_url)) as world:
        yield world


def sign_both(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    world.sign_with_passkey("gustav")


def morning(world: World, day: int = 18, hour: int = 5) -> None:
    """17 June 2026 is summer time: seven o'clock is 5:00 UTC."""
    world.time = datetime(2026, 6, day, hour, 0, tzinfo=UTC)


def digests(world: World) -> list[tuple[str, str]]:
    found = [letter for letter in world.letters if letter.subject.startswith("Neues in Kraftakt")]
    return [(letter.recipient, letter.subject) for letter in found]


def send(world: World) -> None:
    world.run(daily.send_digests(world.services))


def test_answers_come_once_a_day_unless_the_coordination_chooses_otherwise(world: World) -> None:
    sign_both(world)
    assert "clara@example.org" not in {letter.recipient for letter in world.letters}
    send(world)
    assert digests(world) == []
    morning(world)
    send(world)
    assert digests(world) == [("clara@example.org", "Neues in Kraftakt: 2 Nachrichten")]
    letter = world.letters[-1]
    assert "- Offenburg zeichnet mit: „Erklärung“.\nhttp" in letter.body
    assert "- Lahr" in letter.body
    assert letter.mail.unsubscribe.endswith("/stop")


def test_nothing_leaves_before_seven(world: World) -> None:
    sign_both(world)
    morning(world, hour=4)
    world.wait(minutes=59)
    send(world)
    assert digests(world) == []
    world.wait(minutes=1)
    send(world)
    assert len(digests(world)) == 1


def test_it_comes_once_and_not_on_a_day_without_news(world: World) -> None:
    sign_both(world)
    for day in (18, 18, 19, 20):
        morning(world, day)
        send(world)
    assert len(digests(world)) == 1


def test_what_was_missed_while_no_server_ran_comes_in_one_mail(world: World) -> None:
    sign_both(world)
    morning(world, day=21, hour=15)
    send(world)
    assert digests(world) == [("clara@example.org", "Neues in Kraftakt: 2 Nachrichten")]


def test_of_two_processes_one_writes_it(either: World) -> None:
    sign_both(either)
    morning(either)
    other = either.more_services()

    async def both() -> None:
        await asyncio.gather(daily.send_digests(either.services), daily.send_digests(other))
        await other.close()

    either.run(both())
    assert len(digests(either)) == 1


def test_a_process_that_is_killed_halfway_loses_nothing(world: World) -> None:
    sign_both(world)
    morning(world)

    async def die() -> None:
        async with world.services.database.write() as db:
            clara = world_clara
            assert await choices.take_items(db, clara, world.time)
            raise KeyboardInterrupt

    world_clara = world.person("clara").id
    with pytest.raises(KeyboardInterrupt):
        world.run(die())
    send(world)
    assert digests(world) == [("clara@example.org", "Neues in Kraftakt: 2 Nachrichten")]


def choose(world: World, name: str, **paces: Pace) -> None:
    wanted = {NoticeKind(kind): pace for kind, pace in paces.items()}
    world.run(choosing.choose(world.services, world.person(name), wanted))


def test_a_kind_that_is_chosen_at_once_comes_at_once(world: World) -> None:
    choose(world, "clara", answered=Pace.AT_ONCE)
    sign_both(world)
    mails = [letter.subject for letter in world.letters if letter.recipient == "clara@example.org"]
    assert mails == ["Offenburg: Antwort zu „Erklärung“", "Lahr/Schwarzwald: Antwort zu „Erklärung“"]


def test_a_kind_that_is_chosen_away_does_not_come(world: World) -> None:
    choose(world, "anna", text_fixed=Pace.NONE)
    choose(world, "doris", sealed=Pace.DAILY)
    sign_both(world)
    world.seal()
    subjects = [(letter.recipient.partition("@")[0], letter.subject) for letter in world.letters]
    assert ("anna", "„Erklärung“: Fassung 1 ist festgelegt") not in subjects
    assert ("anna", "„Erklärung“ ist ausgefertigt") in subjects
    assert ("doris", "„Erklärung“ ist ausgefertigt") not in subjects


def test_a_call_to_sign_cannot_be_chosen_away(world: World) -> None:
    choose(world, "doris", asked_to_sign=Pace.NONE)
    world.freeze()
    assert "doris@example.org" in {letter.recipient for letter in world.letters}


def test_what_is_stopped_from_the_mail_stops(world: World) -> None:
    sign_both(world)
    morning(world)
    send(world)
    token = world.letters[-1].mail.unsubscribe.split("/")[-2]
    world.run(choosing.stop(world.services, token))
    made = world.run(choosing.load_choices(world.services, world.person("clara")))
    assert made.paces[NoticeKind.ANSWERED] is Pace.NONE
    assert made.paces[NoticeKind.SEALED] is Pace.AT_ONCE
