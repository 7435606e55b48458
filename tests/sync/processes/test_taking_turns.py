"""Plain HTTP through a proxy that sends each request to another process: slower, and nothing is lost."""

from __future__ import annotations

import asyncio

from tests.sync.http_client import HttpClient
from tests.sync.round_robin import RoundRobin
from tests.sync.service_process import House
from tests.world import SLUG

MARKS = 40


def test_two_people_write_together_though_no_request_meets_the_same_process(house: House) -> None:
    processes = house.start(2)

    async def scenario() -> None:
        async with RoundRobin([process.port for process in processes]) as proxy:
            url = f"http://127.0.0.1:{proxy.port}/live/declarations/{SLUG}"
            async with HttpClient(url, "token-of-anna") as anna, HttpClient(url, "token-of-clara") as clara:
                await asyncio.gather(anna.until_saved(), clara.until_saved())
                for number in range(MARKS):
                    anna.type(f"<a{number}>")
                    clara.type(f"<c{number}>", 0)
                    await asyncio.sleep(0)
                await asyncio.gather(anna.until_saved(), clara.until_saved())
                await anna.until(lambda: f"<c{MARKS - 1}>" in anna.content)
                await clara.until(lambda: clara.content == anna.content)
                for number in range(MARKS):
                    assert anna.content.count(f"<a{number}>") == anna.content.count(f"<c{number}>") == 1
                await anna.until(lambda: {p["name"] for p in anna.people} == {"Anna", "Clara"})
                assert (anna.close_code, clara.close_code) == (None, None)
                assert anna.misses
                assert clara.misses

    asyncio.run(scenario())
