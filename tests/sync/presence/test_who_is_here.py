"""Everybody in a room knows who else is there, and is told when that changes, not oftener."""

from __future__ import annotations

import asyncio

from tests.sync.live_client import Client
from tests.sync.served import Server

PEOPLE = 101


def names(client: Client) -> set[str]:
    return {person["name"] for person in client.people}


def times_told(client: Client) -> int:
    return sum(frame[0] == PEOPLE for frame in client.frames)


def test_who_comes_hears_who_is_there_and_the_others_hear_of_it(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until(lambda: names(anna) == {"Anna"})
            async with server.client("ben") as ben:
                await ben.until(lambda: names(ben) == {"Anna", "Ben"})
                await anna.until(lambda: names(anna) == {"Anna", "Ben"})
            await anna.until(lambda: names(anna) == {"Anna"})

    asyncio.run(scenario())


def test_another_window_of_somebody_who_is_here_is_no_news(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until(lambda: names(anna) == {"Anna", "Ben"})
            await ben.until(lambda: names(ben) == {"Anna", "Ben"})
            told = times_told(anna)
            async with server.client("ben") as another:
                await another.until(lambda: names(another) == {"Anna", "Ben"})
                await anna.catch_up()
                assert times_told(anna) == told

    asyncio.run(scenario())


def test_who_left_before_hearing_anything_disturbs_nobody(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until(lambda: names(anna) == {"Anna"})
            for _ in range(5):
                async with server.client("ben"):
                    pass
            async with server.client("clara") as clara:
                await clara.until(lambda: names(clara) == {"Anna", "Clara"})
                await anna.until(lambda: names(anna) == {"Anna", "Clara"})

    asyncio.run(scenario())
