"""Two processes on one PostgreSQL database serve the same room."""

from __future__ import annotations

import asyncio

from pycrdt import Text

from server.domain.declarations import Phase
from server.storage.text.update_log import load_updates
from server.sync.projection import load_doc
from server.sync.wire.close_codes import CloseCode
from tests.postgres import Postgres
from tests.sync.live_client import Client
from tests.sync.processes.listeners import cut_listeners
from tests.sync.service_process import House, Process


def stored_text(house: House) -> str:
    return str(load_doc(house.world.read(load_updates, house.world.text_id)).get("text", type=Text))


def test_people_at_different_processes_write_together(house: House) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with one.client("anna") as anna, two.client("clara") as clara:
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            for number in range(50):
                anna.type(f"<a{number}>")
                clara.type(f"<c{number}>", 0)
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            await anna.until(lambda: "<c49>" in anna.content)
            await clara.until(lambda: clara.content == anna.content)
            for number in range(50):
                assert anna.content.count(f"<a{number}>") == anna.content.count(f"<c{number}>") == 1

    asyncio.run(scenario())


def test_each_sees_who_is_at_the_other_process_and_where(house: House) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with one.client("anna") as anna:
            await anna.until_saved()
            anna.say(anna.doc.client_id, 1, {"caret": 7, "long": "x" * 12_000})
            await anna.catch_up()
            async with two.client("clara") as clara:
                await clara.until(lambda: anna.doc.client_id in clara.awareness)
                await clara.until(lambda: {p["name"] for p in clara.people} == {"Anna", "Clara"})
                await anna.until(lambda: {p["name"] for p in anna.people} == {"Anna", "Clara"})
                assert clara.awareness[anna.doc.client_id]["caret"] == 7
                town = next(p["municipality"] for p in clara.people if p["name"] == "Anna")
                assert town == "Offenburg"
            await anna.until(lambda: [p["name"] for p in anna.people] == ["Anna"])

    asyncio.run(scenario())


def test_freezing_at_one_process_ends_the_writing_at_the_other(house: House) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with one.client("anna") as anna, two.client("clara") as clara:
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            clara.type("letztes Wort")
            await clara.until_saved()
            await asyncio.to_thread(house.world.freeze)  # tells nobody: the phase itself must be noticed
            codes = await asyncio.gather(anna.until_closed(), clara.until_closed())
            assert set(codes) == {CloseCode.ACCESS_CHANGED}
        async with two.client("clara") as clara:
            await clara.until(lambda: clara.state.get("phase") == Phase.SIGNING.value)
            assert clara.state["rights"]["edit"] is False

    asyncio.run(scenario())
    assert "letztes Wort" in str(house.world.revision.content)


def test_when_one_process_is_killed_nothing_seen_or_acknowledged_is_lost(house: House) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with two.client("clara") as clara:
            await clara.until_saved()
            async with one.client("anna") as anna:
                await anna.until_saved()
                promised = await write_until_killed(anna, clara, one)
            async with two.client("anna") as fresh:
                await fresh.until_synced()
                await fresh.until(lambda: all(mark in fresh.content for mark in promised))
            async with two.client("anna", doc=anna.doc) as again:
                await asyncio.gather(again.until_saved(), clara.until_saved())
                await clara.until(lambda: "<a399>" in clara.content)
                await again.until(lambda: again.content == clara.content)
            for number in range(400):
                assert clara.content.count(f"<a{number}>") == clara.content.count(f"<c{number}>") == 1
            await clara.until(lambda: [p["name"] for p in clara.people] == ["Clara"])
            assert await asyncio.to_thread(stored_text, house) == clara.content

    asyncio.run(scenario())


async def write_until_killed(anna: Client, clara: Client, process: Process) -> set[str]:
    """Both write; Anna's process dies in between. What she was told is saved, what Clara saw of her."""
    sent_with: dict[str, int] = {}
    for number in range(400):
        anna.type(f"<a{number}>")
        sent_with[f"<a{number}>"] = anna.sent
        clara.type(f"<c{number}>", 0)
        await asyncio.sleep(0)
        if number == 200:
            await anna.until(lambda: anna.saved > 50)
            process.kill()
    await anna.until_closed()
    saved = {mark for mark, number in sent_with.items() if number <= anna.saved}
    seen = {mark for mark in sent_with if mark in clara.content}
    assert saved
    assert seen
    return saved | seen


def test_a_process_that_stops_takes_leave(house: House) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with two.client("clara") as clara, one.client("anna") as anna:
            await clara.until(lambda: len(clara.people) == 2)
            await asyncio.to_thread(one.stop)
            assert await anna.until_closed() in (CloseCode.GOING_AWAY, 1012)
            await clara.until(lambda: len(clara.people) == 1)

    asyncio.run(scenario())


def test_a_cut_listener_catches_up_from_the_log(house: House, postgres: Postgres) -> None:
    one, two = house.start(2)

    async def scenario() -> None:
        async with one.client("anna") as anna, two.client("clara") as clara:
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            assert await cut_listeners(postgres, house.url) >= 2
            anna.type("trotzdem")
            await clara.until(lambda: "trotzdem" in clara.content)
            clara.type("danach")
            await anna.until(lambda: "danach" in anna.content)

    asyncio.run(scenario())


def test_what_is_committed_without_a_word_is_found_by_comparing(house: House) -> None:
    (one,) = house.start(1)

    async def scenario() -> None:
        async with one.client("anna") as anna:
            await anna.until_saved()
            await asyncio.to_thread(house.world.write, "ohne Bescheid ")
            await anna.until(lambda: anna.content.startswith("ohne Bescheid "))

    asyncio.run(scenario())
