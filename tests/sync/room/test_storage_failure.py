"""The disk is full, or does not answer: everybody is told, nothing is lost, it heals by itself."""

from __future__ import annotations

import asyncio

import pytest

from server.sync.room.limits import Limits
from server.sync.room.room import SCHEMA
from server.sync.room.writer import Pace
from server.sync.wire.close_codes import CloseCode
from tests.sync.live_server import TEXTS
from tests.sync.served import Server, Start
from tests.waiting import HANG

pytestmark = pytest.mark.both_ways


def set_failing(server: Server, failing: bool) -> None:
    server.call(setattr, server.lab.log, "failing", failing)


def test_everybody_is_told_and_nothing_is_lost(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_saved()
            saved = anna.saved
            set_failing(server, True)
            anna.type("in der Not ")
            await ben.until(lambda: ben.state["storage"] == "failed")
            await anna.until(lambda: anna.state["storage"] == "failed")
            assert not any(anna.state["rights"].values())
            anna.type("geschrieben")
            await anna.catch_up()
            await ben.catch_up()
            assert (anna.saved, ben.content) == (saved, "")
            set_failing(server, False)
            await ben.until_content("in der Not geschrieben")
            await anna.until_saved()
            await anna.until(lambda: anna.state["storage"] == "ok")
            assert anna.state == {
                "phase": "drafting",
                "rights": {"edit": True, "suggest": True, "comment": True},
                "schema": SCHEMA,
                "storage": "ok",
            }

    asyncio.run(scenario())


def test_another_room_goes_on(server: Server) -> None:
    async def scenario() -> None:
        log = server.lab.log
        async with server.client("anna") as anna, server.client("ben", slug="zweite") as ben:
            await anna.until_saved()
            await ben.until_saved()
            server.call(log.failing_for.add, TEXTS["appell"])
            anna.type("geht nicht")
            await anna.until(lambda: anna.state["storage"] == "failed")
            ben.type("geht")
            await ben.until_saved()
            assert ben.state["storage"] == "ok"
            server.call(log.failing_for.clear)
            await anna.until_saved()

    asyncio.run(scenario())


def test_a_storage_that_does_not_answer_counts_as_failed(start: Start) -> None:
    server = start(pace=Pace(timeout=0.05, retry=0.05))

    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            server.call(server.lab.log.gate.clear)
            anna.type("…")
            await anna.until(lambda: anna.state["storage"] == "failed")
            server.call(server.lab.log.gate.set)
            await anna.until(lambda: anna.state["storage"] == "ok")
            await anna.until_saved()

    asyncio.run(scenario())


def test_what_waits_for_the_storage_is_bounded(start: Start) -> None:
    server = start(limits=Limits(uncommitted=50_000))

    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            set_failing(server, True)
            anna.type("x" * 19_999 + "\n")
            await anna.until(lambda: anna.state["storage"] == "failed")
            async with server.client("ben") as ben:  # who has nothing to store may stay
                for _ in range(3):
                    anna.type("x" * 19_999 + "\n")
                await ben.catch_up()
                assert ben.close_code is None
            assert await anna.until_closed() == CloseCode.STORAGE_FAILED
            set_failing(server, False)
        async with server.client("ben") as ben:
            await ben.until(lambda: len(ben.text) == 60_000)  # the room has room again
            async with server.client("anna", doc=anna.doc) as again:
                await again.until_saved()
                await ben.until(lambda: len(ben.text) == 80_000)

    asyncio.run(scenario())


def test_a_text_that_cannot_be_loaded_closes_with_try_again(server: Server) -> None:
    async def scenario() -> None:
        set_failing(server, True)
        async with server.client("anna") as anna:
            assert await anna.until_closed() == CloseCode.STORAGE_FAILED
        set_failing(server, False)
        async with server.client("anna") as anna:
            await anna.until_synced()

    asyncio.run(scenario())


def test_stopping_waits_for_the_commit(start: Start) -> None:
    server = start()

    async def write() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            server.call(server.lab.log.gate.clear)
            server.lab.log.entered.clear()
            anna.type("kurz vor Schluss")
            assert await asyncio.to_thread(server.lab.log.entered.wait, HANG)
            server.lab.loop.call_soon_threadsafe(server.lab.loop.call_later, 0.3, server.lab.log.gate.set)
            await asyncio.to_thread(server.stop)

    async def read() -> None:
        async with start().client("ben") as ben:
            await ben.until_content("kurz vor Schluss")

    asyncio.run(write())
    asyncio.run(read())
