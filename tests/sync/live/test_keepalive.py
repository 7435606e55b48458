"""Who has left without a word is noticed; who writes is not asked."""

from __future__ import annotations

import asyncio

import pytest
from websockets.frames import Opcode

from server.web.live.protocol import LOST_AFTER, PING_AFTER, PROXIES_WAIT
from tests.sync.live.test_transport import typed
from tests.sync.raw_client import RawClient, frame
from tests.sync.served import Server

pytestmark = pytest.mark.always_fast

BINARY, CLOSE, PING, PONG = 0x82, 0x88, 0x89, 0x8A
KEEPALIVE_TIMEOUT = 1011


def test_somebody_silent_is_asked(server: Server) -> None:
    async def scenario() -> None:
        async with RawClient(server.port, "anna") as anna:
            await anna.until_frame(BINARY)
            server.look_after_all(PING_AFTER)
            assert await anna.until_frame(PING) == b""

    asyncio.run(scenario())


def test_whoever_answers_stays(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("ben") as ben, RawClient(server.port, "anna") as anna:
            await ben.until_synced()
            await anna.until_frame(BINARY)
            for _ in range(LOST_AFTER):
                server.look_after_all(PING_AFTER)
                await anna.send(frame(await anna.until_frame(PING), Opcode.PONG))
                await ben.until(lambda: len(ben.people) == 2)
                await anna.send(frame(b"", Opcode.PING))
                await anna.until_frame(PONG)  # so the answer has arrived
            await anna.send(frame(typed("noch da")[0]))
            await ben.until_content("noch da")

    asyncio.run(scenario())


def test_whoever_does_not_answer_is_gone_for_all(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("ben") as ben, RawClient(server.port, "anna") as anna:
            await ben.until(lambda: len(ben.people) == 2)
            for _ in range(LOST_AFTER + 1):
                ben.type(".")  # as people do who are still there
                await ben.until_saved()
                server.look_after_all()
            assert int.from_bytes((await anna.until_frame(CLOSE))[:2], "big") == KEEPALIVE_TIMEOUT
            await ben.until(lambda: len(ben.people) == 1)
            assert ben.close_code is None

    asyncio.run(scenario())


def test_whoever_writes_is_asked_for_the_sake_of_proxies_only(server: Server) -> None:
    async def scenario() -> None:
        words = [f"{number} " for number in range(2 * PROXIES_WAIT)]
        seen = []
        async with RawClient(server.port, "anna") as anna:
            for message in typed(*words):
                await anna.send(frame(message) + frame(b"", Opcode.PING))
                await anna.until_frame(PONG)
                server.look_after_all()
                await anna.send(frame(b"", Opcode.PING))
                while (first := (await anna.read_frame())[0]) != PONG:
                    seen.append(first)
        assert seen.count(PING) == 2

    asyncio.run(scenario())
