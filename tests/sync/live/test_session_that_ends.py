"""Who is no longer signed in is told so at that moment, by name; nobody else notices."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from server.domain.room_rights import RoomRights
from server.sync.attestation import Member
from server.sync.room.connection import Connection, Socket
from server.sync.room.limits import Limits
from server.sync.wire.close_codes import CloseCode, Closing
from tests.sync.fast_paths import FastPaths
from tests.sync.http_client import HttpClient
from tests.sync.live_client import Client
from tests.sync.served import Server
from tests.sync.service_process import House, Process
from tests.world import SLUG

pytestmark = pytest.mark.both_ways

SHORTLY = 2.0
"""Seconds. On a busy machine a session may end before anything was done in it, which proves nothing: then
the same is done in one that lasts twice as long."""
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


def test_a_socket_that_says_nothing_is_closed_when_the_session_ends(server: Server) -> None:
    async def scenario() -> None:
        lasts = 0.3
        while not await ends_in(lasts):
            lasts *= 2

    async def ends_in(lasts: float) -> bool:
        """Whether Anna was in the room before her session ended."""
        server.lab.lasts["anna"] = lasts
        async with server.client("anna") as anna, server.client("ben") as ben:
            assert await anna.until_closed() == CloseCode.NOT_SIGNED_IN
            ben.type("Ben schreibt weiter.")
            await ben.until_saved()
            assert ben.close_code is None
            assert "Ben" not in anna.content
            return anna.synced

    asyncio.run(scenario())


def test_a_session_that_ended_while_the_text_was_loaded_gets_in_no_more(server: Server) -> None:
    async def scenario() -> None:
        server.lab.lasts["anna"] = -1.0
        async with server.client("anna") as anna:
            anna.type("zu spät")
            assert await anna.until_closed() == CloseCode.NOT_SIGNED_IN
        async with server.client("ben") as ben:
            await ben.until_synced()
            assert ben.content == ""

    asyncio.run(scenario())


def test_a_message_after_the_end_is_refused_even_if_the_timer_is_late() -> None:
    now = 100.0
    connection = Connection(
        cast("Socket", NoSocket()),
        Member(1, "Anna"),
        lambda: now,
        Limits(),
        phase="drafting",
        rights=RoomRights(edit=True),
        own_client=True,
        session_ends=160.0,
    )
    now = 159.9
    connection.ensure_within_limits(10)
    now = 160.0
    with pytest.raises(Closing) as refused:
        connection.ensure_within_limits(10)
    assert refused.value.code is CloseCode.NOT_SIGNED_IN


class NoSocket:
    """Nothing is sent."""

    def send(self, frame: bytes) -> None:
        raise AssertionError(frame)


def by_socket(process: Process, token: str) -> Client:
    return process.client_with(token)


def by_http(process: Process, token: str) -> Client:
    return HttpClient(f"http://127.0.0.1:{process.port}/live/declarations/{SLUG}", token)


@pytest.mark.parametrize("connect", [by_socket, by_http])
def test_the_service_ends_either_kind_of_line_with_the_session(
    house: House, process: Process, connect: Connect
) -> None:
    async def scenario() -> None:
        lasts = SHORTLY
        while not await ends_in(lasts):
            lasts *= 2

    async def ends_in(lasts: float) -> bool:
        """Whether Anna could write before her session ended."""
        token = f"{lasts}-{connect.__name__}"
        await house.sign_in("anna", token, timedelta(seconds=lasts))
        async with process.client("clara") as clara:
            async with connect(process, token) as anna:
                anna.type("Anna, solange sie darf. ")
                assert await anna.until_closed() == CloseCode.NOT_SIGNED_IN
            async with connect(process, token) as again:
                assert await again.until_closed() == CloseCode.NOT_SIGNED_IN
            if not (anna.synced and anna.saved >= anna.sent):
                return False
            await clara.until(lambda: "solange sie darf" in clara.content)
            await clara.until(lambda: [person["name"] for person in clara.people] == ["Clara"])
            assert clara.close_code is None
            return True

    asyncio.run(scenario())
