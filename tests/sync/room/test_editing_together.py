"""Several people write in one room."""

from __future__ import annotations

import asyncio

import pytest

from tests.sync.served import Server, Start

pytestmark = pytest.mark.both_ways


def test_two_writers_converge(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_synced()
            await ben.until_synced()
            for letter in "Offenburg":
                anna.type(letter)
                ben.type(letter.upper(), 0)
                await asyncio.sleep(0)
            await anna.until_saved()
            await ben.until_saved()
            await anna.until(lambda: len(anna.content) == 18 and anna.content == ben.content)

    asyncio.run(scenario())


def test_who_joins_later_finds_the_text(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            anna.type("Glasfaser für alle 🏞️")
            await anna.until_saved()
            async with server.client("ben") as ben:
                await ben.until_content("Glasfaser für alle 🏞️")

    asyncio.run(scenario())


def test_the_text_outlives_the_room_and_the_server(start: Start) -> None:
    async def write(server: Server) -> None:
        async with server.client("anna") as anna:
            anna.type("Wir fordern")
            await anna.until_saved()

    async def read(server: Server) -> None:
        async with server.client("ben") as ben:
            await ben.until_content("Wir fordern")

    first = start()
    asyncio.run(write(first))
    first.until_no_room_is_open()
    asyncio.run(read(first))
    assert first.lab.log.loads == 2
    first.stop()
    asyncio.run(read(start()))


def test_a_text_written_offline_arrives_as_one_step_2(server: Server) -> None:
    async def scenario() -> None:
        offline = server.client("anna")
        for word in ("Im ", "Zug ", "geschrieben"):
            offline.type(word)
        async with server.client("ben") as ben, offline as anna:
            await ben.until_content("Im Zug geschrieben")
            await anna.until_saved()

    asyncio.run(scenario())


def test_rooms_do_not_hear_each_other(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as here, server.client("ben", slug="zweite") as there:
            here.type("hier")
            there.type("dort")
            await here.until_saved()
            await there.until_saved()
            async with server.client("clara") as clara:
                await clara.until_content("hier")
            assert there.content == "dort"

    asyncio.run(scenario())


def test_many_who_open_a_cold_room_at_once_load_it_once(server: Server) -> None:
    async def scenario() -> None:
        clients = [server.client("anna" if i % 2 else "ben") for i in range(20)]
        await asyncio.gather(*(client.__aenter__() for client in clients))
        await asyncio.gather(*(client.until_synced() for client in clients))
        assert server.lab.log.loads == 1
        clients[0].type("da")
        await asyncio.gather(*(client.until_content("da") for client in clients))
        await asyncio.gather(*(client.__aexit__(None, None, None) for client in clients))

    asyncio.run(scenario())
