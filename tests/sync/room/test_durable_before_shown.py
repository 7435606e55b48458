"""What somebody else sees is on disk."""

from __future__ import annotations

import asyncio

import pytest

from tests.sync.served import Server

pytestmark = pytest.mark.both_ways


def text_frames(frames: list[bytes]) -> list[bytes]:
    return [frame for frame in frames if frame[:2] == b"\x00\x02"]


def test_nothing_is_relayed_or_acknowledged_until_the_commit_ends(server: Server) -> None:
    async def scenario() -> None:
        log = server.lab.log
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_saved()
            await ben.until_saved()
            server.call(log.gate.clear)
            log.entered.clear()
            saved = anna.saved
            anna.type("ungesichert")
            assert await asyncio.to_thread(log.entered.wait, 10)
            await ben.catch_up()
            await anna.catch_up()
            assert text_frames(ben.frames) == []
            assert anna.saved == saved
            server.call(log.gate.set)
            await ben.until_content("ungesichert")
            await anna.until_saved()

    asyncio.run(scenario())


def test_who_joins_during_a_commit_gets_the_text_after_it(server: Server) -> None:
    async def scenario() -> None:
        log = server.lab.log
        async with server.client("anna") as anna:
            await anna.until_saved()
            server.call(log.gate.clear)
            log.entered.clear()
            anna.type("ungesichert")
            assert await asyncio.to_thread(log.entered.wait, 10)
            async with server.client("ben") as ben:
                await ben.catch_up()
                assert not ben.synced
                server.call(log.gate.set)
                await ben.until_synced()
                assert ben.content == "ungesichert"

    asyncio.run(scenario())
