"""Who comes back sends what they have: what of it is known is not written twice, what is new is."""

from __future__ import annotations

import asyncio

import pytest
from pycrdt import Doc, Text
from sqlalchemy import create_engine, func, select

from server.storage.tables.text import UpdateRow
from server.sync.wire import messages
from tests.sync.served import Server

pytestmark = pytest.mark.both_ways


def rows(server: Server) -> int:
    engine = create_engine(f"sqlite:///{server.lab.database}")
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(UpdateRow))
    engine.dispose()
    return count or 0


def everything(doc: Doc[Text]) -> bytes:
    """As an update, not as an answer to a question."""
    return messages.update_frame(doc.get_update())


def test_a_text_that_is_known_is_acknowledged_and_not_written_again(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("Wir handeln gemeinsam.")
            await ben.until_content("Wir handeln gemeinsam.")
            await anna.until_saved()
            written, heard = rows(server), len(ben.frames)
            anna.send(everything(anna.doc))
            await anna.until_saved()
            await ben.catch_up()
            assert rows(server) == written
            assert [frame for frame in ben.frames[heard:] if frame[0] == 0] == []

    asyncio.run(scenario())


def test_a_deletion_among_known_letters_reaches_everybody(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("Wir handeln nicht gemeinsam.")
            await ben.until_content("Wir handeln nicht gemeinsam.")
            away: Doc[Text] = Doc()
            away.apply_update(anna.doc.get_update())
            text = away.get("text", type=Text)
            del text[12:18]
            anna.send(everything(away))
            await ben.until_content("Wir handeln gemeinsam.")
            await anna.until_saved()
        async with server.client("clara") as clara:
            await clara.until_content("Wir handeln gemeinsam.")

    asyncio.run(scenario())


def test_a_client_with_nothing_new_is_told_so_while_the_disk_rests(server: Server) -> None:
    async def scenario() -> None:
        server.call(server.lab.log.gate.clear)
        async with server.client("anna") as anna:
            await anna.until_saved()
            assert anna.sent > 0
        assert not server.lab.log.entered.is_set()
        server.call(server.lab.log.gate.set)

    asyncio.run(scenario())


def test_nothing_new_is_not_acknowledged_before_what_came_earlier(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            server.call(server.lab.log.gate.clear)
            saved = anna.saved
            anna.type("noch nicht auf der Platte")
            anna.send(messages.update_frame(b"\x00\x00"))
            await anna.catch_up()
            assert anna.saved == saved
            server.call(server.lab.log.gate.set)
            await anna.until_saved()

    asyncio.run(scenario())
