"""Ben may only suggest: the room holds every message of his to that, whatever his client does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from pycrdt import Map, Text

from server.domain.declarations import Phase
from server.sync.wire.close_codes import CloseCode
from tests.sync.live_client import Client
from tests.sync.live_server import set_phase
from tests.sync.served import Server

BEN = "2|Lahr/Schwarzwald|5"
ANNA = "1|Offenburg|5"
TEXT = "Wir bauen Netze aus."


@pytest.fixture(autouse=True)
def _ben_only_suggests(server: Server) -> None:
    server.lab.suggesters.add("ben")


async def together(anna: Client, ben: Client) -> None:
    await asyncio.gather(anna.until_saved(), ben.until_saved())
    anna.type(TEXT)
    anna.text.insert(len(anna.text), "\n", {"b": "paragraph:0"})
    await ben.until_content(TEXT + "\n")


def test_he_is_told_what_he_may_do(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            assert ben.state["rights"] == {"edit": False, "suggest": True, "comment": True}
            assert anna.state["rights"] == {"edit": True, "suggest": True, "comment": True}

    asyncio.run(scenario())


def test_his_suggestions_reach_everybody_and_he_takes_them_back(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
            ben.text.insert(4, "bald ", {"ins:1": BEN})
            ben.text.format(10, 15, {"del:2": BEN})
            await ben.until_saved()
            await anna.until_content("Wir bald bauen Netze aus.\n")
            del ben.text[4:9]
            ben.text.format(5, 10, {"del:2": None})
            await ben.until_saved()
            await anna.until_content(TEXT + "\n")
            assert ben.close_code is None

    asyncio.run(scenario())


def test_he_marks_passages_for_comments_but_takes_no_mark_away(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
            anna.text.format(0, 3, {"comment:a": True})
            await anna.until_saved()
            await ben.catch_up()
            ben.text.format(2, 9, {"comment:b": True})
            ben.text.insert(4, "bald ", {"ins:1": BEN, "comment:b": True})
            await ben.until_saved()
            await anna.until_content("Wir bald bauen Netze aus.\n")
            del ben.text[4:9]
            await ben.until_saved()
            ben.text.format(0, 1, {"comment:a": None})
            assert await ben.until_closed() == CloseCode.NOT_ALLOWED
            await anna.until_content(TEXT + "\n")
            marked = [(words, sorted(marks or {})) for words, marks in anna.text.diff()]
            assert marked[:3] == [
                ("Wi", ["comment:a"]),
                ("r", ["comment:a", "comment:b"]),
                (" bauen", ["comment:b"]),
            ]

    asyncio.run(scenario())


def test_nothing_beside_the_text_is_his_to_write(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
            ben.doc.get("meta", type=Map)["status"] = "done"
            assert await ben.until_closed() == CloseCode.MALFORMED
            anna.type(" Sofort.")
            await anna.until_saved()
            assert anna.close_code is None

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.insert(4, "bald ", {}),
        lambda text: text.insert(4, "bald ", {"ins:1": ANNA}),
        lambda text: text.__delitem__(slice(0, 4)),
        lambda text: text.format(0, 3, {"strong": True}),
    ],
    ids=["plain letters", "in Anna's name", "deleting", "bold"],
)
def test_anything_else_closes_him_by_name_and_changes_nothing(
    server: Server, change: Callable[[Text], None]
) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
            change(ben.text)
            assert await ben.until_closed() == CloseCode.NOT_ALLOWED
            anna.type(" Sofort.")
            await anna.until_saved()
            async with server.client("clara") as clara:
                await clara.until_content(TEXT + "\n Sofort.")

    asyncio.run(scenario())


def test_what_waits_to_be_committed_counts_as_text(server: Server) -> None:
    """He takes back what he suggested a moment ago."""

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            server.call(server.lab.log.gate.clear)
            ben.text.insert(4, "bald ", {"ins:1": BEN})
            ben.text.insert(9, "sehr ", {"ins:1": BEN})
            del ben.text[4:9]
            await ben.catch_up()
            server.call(server.lab.log.gate.set)
            await ben.until_saved()
            await anna.until_content("Wir sehr bauen Netze aus.\n")

    asyncio.run(scenario())


def test_what_he_wrote_offline_is_held_to_the_same(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            async with server.client("ben") as ben:
                await together(anna, ben)
            ben.text.insert(4, "bald ", {"ins:1": BEN})
            async with server.client("ben", doc=ben.doc) as again:
                await again.until_saved()
                await anna.until_content("Wir bald bauen Netze aus.\n")
            ben.text.insert(0, "Also: ", {})
            async with server.client("ben", doc=ben.doc) as once_more:
                assert await once_more.until_closed() == CloseCode.NOT_ALLOWED
            await anna.catch_up()
            assert anna.content == "Wir bald bauen Netze aus.\n"

    asyncio.run(scenario())


def test_he_suggests_nothing_once_the_text_is_fixed(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
        set_phase(server.lab.database, Phase.SIGNING)
        server.lab.phase = Phase.SIGNING
        async with server.client("ben", doc=ben.doc) as ben:
            await ben.until_synced()
            assert ben.state["rights"] == {"edit": False, "suggest": False, "comment": True}
            ben.text.insert(4, "bald ", {"ins:1": BEN})
            assert await ben.until_closed() == CloseCode.NOT_ALLOWED

    asyncio.run(scenario())


def test_what_builds_on_unknown_things_is_asked_for(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await together(anna, ben)
            lost: list[bytes] = []
            send, ben.send = ben.send, lost.append
            ben.text.insert(4, "bald ", {"ins:1": BEN})
            ben.send = send
            ben.text.insert(9, "sehr ", {"ins:1": BEN})
            await anna.until_content("Wir bald sehr bauen Netze aus.\n")
            assert len(lost) == 1

    asyncio.run(scenario())
