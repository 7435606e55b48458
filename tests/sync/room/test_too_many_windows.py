"""One person's connections are bounded, in all rooms together; nobody else notices."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from server.sync.room.limits import Limits
from server.sync.wire.close_codes import CloseCode
from tests.sync.http_client import HttpClient
from tests.sync.served import Server, Start
from tests.sync.service_process import House, Process
from tests.world import SLUG

MOST = 3


@pytest.fixture
def narrow(start: Start) -> Server:
    return start(limits=Limits(connections_per_person=MOST))


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    house = House(f"sqlite+aiosqlite:///{tmp_path / 'kraftakt.db'}", tmp_path)
    yield house.start(1)[0]
    house.close()


def test_the_window_too_many_is_refused_by_name_in_whichever_room(narrow: Server) -> None:
    async def scenario() -> None:
        async with (
            narrow.client("anna"),
            narrow.client("anna") as second,
            narrow.client("anna", slug="zweite") as third,
            narrow.client("ben") as ben,
        ):
            await asyncio.gather(second.until_saved(), third.until_saved(), ben.until_saved())
            for slug in ("appell", "zweite"):
                async with narrow.client("anna", slug=slug) as refused:
                    assert await refused.until_closed() == CloseCode.TOO_MANY
            second.type("Anna und ")
            await ben.until_content("Anna und ")
            ben.type("Ben")
            await second.until_content("Anna und Ben")
            assert {second.close_code, third.close_code, ben.close_code} == {None}

    asyncio.run(scenario())


def test_a_closed_window_makes_room_for_another(narrow: Server) -> None:
    async def scenario() -> None:
        async with narrow.client("anna") as anna, narrow.client("anna"), narrow.client("ben") as ben:
            async with narrow.client("anna", slug="zweite") as third:
                await third.until_saved()
            async with narrow.client("ben", slug="zweite") as there:
                await there.until(lambda: [person["name"] for person in there.people] == ["Ben"])
            async with narrow.client("anna") as again:
                await asyncio.gather(anna.until_saved(), again.until_saved(), ben.until_saved())

    asyncio.run(scenario())


def test_everybody_may_come_back_at_once_after_a_change_of_rights(narrow: Server) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            clients = [await stack.enter_async_context(narrow.client("anna")) for _ in range(MOST)]
            for client in clients:
                await client.until_saved()
            narrow.call(narrow.lab.rooms.access_changed, 1)
            again = [await stack.enter_async_context(narrow.client("anna")) for _ in range(MOST)]
            for client in again:
                await client.until_saved()

    asyncio.run(scenario())


def test_a_room_that_was_loaded_for_nobody_is_forgotten(narrow: Server) -> None:
    async def scenario() -> None:
        async with narrow.client("anna"), narrow.client("anna"), narrow.client("anna") as third:
            await third.until_saved()
            before = narrow.lab.log.loads
            for attempt in (1, 2):
                async with narrow.client("anna", slug="zweite") as refused:
                    assert await refused.until_closed() == CloseCode.TOO_MANY
                assert narrow.lab.log.loads == before + attempt

    asyncio.run(scenario())


def test_lines_over_http_count_like_sockets(process: Process) -> None:
    url = f"http://127.0.0.1:{process.port}/live/declarations/{SLUG}"

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(Limits().connections_per_person - 1):
                client = await stack.enter_async_context(process.client("anna"))
                await client.until_saved()
            line = await stack.enter_async_context(HttpClient(url, "token-of-anna"))
            await line.until_saved()
            for refused in (process.client("anna"), HttpClient(url, "token-of-anna")):
                async with refused:
                    assert await refused.until_closed() == CloseCode.TOO_MANY
            clara = await stack.enter_async_context(process.client("clara"))
            await clara.until_saved()

    asyncio.run(scenario())
