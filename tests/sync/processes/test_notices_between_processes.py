"""What one process says of a topic reaches everybody in the room, at whichever process they are."""

from __future__ import annotations

import asyncio
from typing import Any

from server.sync.wire.notices import Topic
from tests.postgres import Postgres
from tests.sync.live_client import Client
from tests.sync.processes.further_process import further_rooms
from tests.sync.processes.listeners import cut_listeners
from tests.sync.service_process import House

ANYTHING = [{"topic": topic.value} for topic in Topic]
"""What is said where notices may have been missed: also when a process begins to listen."""


def told(client: Client) -> list[dict[str, Any]]:
    return [notice for notice in client.notices if notice not in ANYTHING]


def test_a_notice_reaches_the_people_at_all_other_processes(house: House) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with (
            one.client("anna") as anna,
            two.client("clara") as clara,
            further_rooms(house.url) as rooms,
        ):
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            rooms.notify(1, Topic.COMMENTS, 7)
            rooms.notify(1, Topic.REVISIONS, 2)
            for client in (anna, clara):
                await client.until(lambda client=client: len(told(client)) == 2)
                assert told(client) == [{"topic": "comments", "id": 7}, {"topic": "revisions", "id": 2}]

    asyncio.run(scenario())


def test_a_notice_for_another_declaration_reaches_nobody_here(house: House) -> None:
    (one,) = house.start(1)

    async def scenario() -> None:
        async with one.client("anna") as anna, further_rooms(house.url) as rooms:
            await anna.until_saved()
            rooms.notify(2, Topic.COMMENTS, 7)
            rooms.notify(1, Topic.COMMENTS, 8)
            await anna.until(lambda: bool(told(anna)))
            assert told(anna) == [{"topic": "comments", "id": 8}]

    asyncio.run(scenario())


def test_after_a_cut_between_the_processes_anything_may_have_changed(
    house: House, postgres: Postgres
) -> None:
    (one,) = house.start(1)

    async def scenario() -> None:
        async with one.client("anna") as anna:
            await anna.until_saved()
            async with further_rooms(house.url) as rooms:
                rooms.notify(1, Topic.COMMENTS, 7)
                await anna.until(lambda: bool(told(anna)))  # her process listens
            anna.notices.clear()
            assert await cut_listeners(postgres, house.url)
            await anna.until(lambda: len(anna.notices) == len(ANYTHING))
            assert anna.notices == ANYTHING

    asyncio.run(scenario())
