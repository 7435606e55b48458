"""Signing out closes the sockets of that session, and nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from server.sync.wire.close_codes import CloseCode
from tests.sync.fast_paths import FastPaths
from tests.sync.http_client import HttpClient
from tests.sync.live_client import Client
from tests.sync.service_process import House, Process
from tests.waiting import HANG
from tests.web.http.test_csrf import token_on
from tests.world import SLUG

pytestmark = pytest.mark.both_ways
Connect = Callable[[Process, str], Client]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, fast_paths: FastPaths) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    house = House(f"sqlite+aiosqlite:///{folder / 'kraftakt.db'}", folder, fast_paths)
    yield house
    house.close()


@pytest.fixture(scope="module")
def process(house: House) -> Process:
    return house.start(1)[0]


async def sign_out(process: Process, token: str) -> None:
    base = f"http://127.0.0.1:{process.port}"
    async with httpx.AsyncClient(base_url=base, cookies={"kraftakt_session": token}, timeout=HANG) as client:
        page = await client.get("/")
        assert (await client.post("/logout", data={"csrf": token_on(page.text)})).status_code == 303


def by_socket(process: Process, token: str) -> Client:
    return process.client_with(token)


def by_http(process: Process, token: str) -> Client:
    return HttpClient(f"http://127.0.0.1:{process.port}/live/declarations/{SLUG}", token)


@pytest.mark.parametrize("connect", [by_socket, by_http])
def test_the_others_in_the_room_do_not_notice(house: House, process: Process, connect: Connect) -> None:
    async def scenario() -> None:
        office, phone = f"office-{connect.__name__}", f"phone-{connect.__name__}"
        for token in (office, phone):
            await house.sign_in("anna", token, timedelta(hours=1))
        async with (
            connect(process, office) as anna,
            process.client_with(phone) as elsewhere,
            process.client("clara") as clara,
        ):
            for client in (anna, elsewhere, clara):
                await client.until_synced()
            await sign_out(process, office)
            assert await anna.until_closed() == CloseCode.NOT_SIGNED_IN
            elsewhere.type("Noch da.")
            await clara.until(lambda: "Noch da." in clara.content)
            assert (clara.close_code, elsewhere.close_code) == (None, None)

    asyncio.run(scenario())
