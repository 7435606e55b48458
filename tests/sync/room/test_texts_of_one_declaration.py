"""The texts of a declaration have a room each; what changes rights or phase closes them all."""

from __future__ import annotations

import asyncio

import pytest
from pycrdt import Text
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from server.domain.declarations import Phase
from server.storage.tables.text import TextRow
from server.sync.projection import load_doc
from server.sync.wire.close_codes import CloseCode
from tests.sync.live_client import Client
from tests.sync.live_server import NOON, SLUGS, TEXTS, set_phase
from tests.sync.served import Server
from tests.waiting import HANG

ORIGINAL, BRANCH = TEXTS["appell"], 13


@pytest.fixture(autouse=True)
def _ben_is_in_a_branch(server: Server) -> None:
    engine = create_engine(f"sqlite:///{server.lab.database}")
    with Session(engine) as session:
        session.add(
            TextRow(
                id=BRANCH,
                declaration_id=SLUGS["appell"],
                kind="branch",
                parent_id=ORIGINAL,
                language="de",
                name="Lahr",
                created_at=NOON,
            )
        )
        session.commit()
    engine.dispose()
    server.lab.texts["ben"] = BRANCH
    server.lab.originals[BRANCH] = ORIGINAL


def stored_text(server: Server, text_id: int) -> str:
    loading = asyncio.run_coroutine_threadsafe(server.lab.log.load(text_id), server.lab.loop)
    return str(load_doc(loading.result(10).updates).get("text", type=Text))


def names(client: Client) -> set[str]:
    """Of those who are in the room."""
    return {person["name"] for person in client.people}


def test_a_branch_hears_of_the_original_and_nobody_of_the_branch(server: Server) -> None:
    async def scenario() -> None:
        beside = server.client("ben")
        async with server.client("anna") as anna, beside as ben, server.client("clara") as clara:
            await asyncio.gather(anna.until_saved(), ben.until_saved(), clara.until_saved())
            await clara.until(lambda: names(clara) == {"Anna", "Clara"})
            await ben.until(lambda: names(ben) == {"Ben"})
            anna.type("gemeinsam")
            await ben.until_content("gemeinsam")
            ben.type("im Stillen ", 0)
            await ben.until_saved()
            anna.type(" weiter")
            await ben.until_content("im Stillen gemeinsam weiter")
            await asyncio.gather(anna.until_saved(), clara.catch_up())
            assert (anna.content, clara.content) == ("gemeinsam weiter",) * 2

    asyncio.run(scenario())
    assert stored_text(server, ORIGINAL) == "gemeinsam weiter"
    assert stored_text(server, BRANCH) == "", "its log holds its own updates only"


def test_a_branch_keeps_the_originals_room_open_while_nobody_is_in_it(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("ben") as ben:
            await ben.until_saved()
            for words in ("eins ", "zwei "):
                async with server.client("anna") as anna:
                    await anna.until_saved()
                    anna.type(words)
                    await anna.until_saved()
            await ben.until_content("eins zwei ")
        async with server.client("ben") as again:
            await again.until_content("eins zwei ")

    asyncio.run(scenario())


def test_words_that_come_while_a_branch_is_being_loaded_are_in_it(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            log = server.lab.log
            log.held[BRANCH] = asyncio.Event()
            async with server.client("ben") as ben:
                assert await asyncio.to_thread(log.loading.wait, HANG)
                anna.type("inzwischen")
                await anna.until_saved()
                server.call(log.held[BRANCH].set)
                await ben.until_content("inzwischen")

    asyncio.run(scenario())


def test_a_change_of_rights_closes_the_rooms_of_all_texts_and_no_others(server: Server) -> None:
    async def scenario() -> None:
        elsewhere = server.client("clara", slug="zweite")
        async with server.client("anna") as anna, server.client("ben") as ben, elsewhere as clara:
            await asyncio.gather(anna.until_saved(), ben.until_saved(), clara.until_saved())
            server.call(server.lab.rooms.access_changed, SLUGS["appell"])
            for client in (anna, ben):
                await client.until_closed()
                assert client.close_code == CloseCode.ACCESS_CHANGED
            clara.type("ungestört")
            await clara.until_saved()

    asyncio.run(scenario())


def test_a_branch_cannot_be_written_once_the_text_is_fixed(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("ben") as ben:
            await ben.until_saved()
            set_phase(server.lab.database, Phase.SIGNING, number=SLUGS["appell"])
            ben.type("zu spät")
            await ben.until_closed()
            assert ben.close_code == CloseCode.ACCESS_CHANGED

    asyncio.run(scenario())
    assert stored_text(server, BRANCH) == ""
