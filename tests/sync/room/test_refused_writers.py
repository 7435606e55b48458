"""Rights and authorship: who may not write, or writes as somebody else, changes nothing."""

from __future__ import annotations

import asyncio

import pytest
from pycrdt import Doc, Text

from server.domain.declarations import Phase
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from server.sync.wire.update_check import check_update
from tests.sync.live_server import set_phase
from tests.sync.served import Server

pytestmark = pytest.mark.both_ways


def written(words: str, client_id: int | None = None) -> bytes:
    doc: Doc[Text] = Doc(client_id=client_id) if client_id else Doc()
    doc.get("text", type=Text).insert(0, words, {})
    return doc.get_update()


def test_somebody_elses_client_id_is_refused(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("Ich, Anna. ")
            await ben.until_content("Ich, Anna. ")
            forged: Doc[Text] = Doc(client_id=anna.doc.client_id)
            forged.apply_update(anna.doc.get_update())
            before = forged.get_state()
            forged.get("text", type=Text).insert(0, "Angeblich Anna: ", {})
            ben.send(messages.update_frame(forged.get_update(before)))
            assert await ben.until_closed() == CloseCode.NOT_ALLOWED
            await anna.catch_up()
            assert anna.content == "Ich, Anna. "
            assert anna.close_code is None

    asyncio.run(scenario())


def test_authorship_outlives_the_room(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            anna.type("Anna")
            await anna.until_saved()
        async with server.client("ben", answers=False) as ben:
            await ben.until_synced()
            copy: Doc[Text] = Doc(client_id=anna.doc.client_id)
            copy.apply_update(ben.doc.get_update())
            before = copy.get_state()
            copy.get("text", type=Text).insert(0, "nicht ", {})
            ben.send(messages.update_frame(copy.get_update(before)))
            assert await ben.until_closed() == CloseCode.NOT_ALLOWED

    asyncio.run(scenario())


def test_the_same_person_may_return_with_the_same_client_id(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            anna.type("erst ")
            await anna.until_saved()
        async with server.client("anna", doc=anna.doc) as again:
            again.type("dann")
            await again.until_saved()
            async with server.client("ben") as ben:
                await ben.until_content("erst dann")

    asyncio.run(scenario())


def test_repeating_what_others_wrote_is_no_forgery(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("Anna ")
            await ben.until_content("Anna ")
            ben.type("Ben")
            ben.send(messages.step_2(ben.doc.get_update()))
            await ben.until_saved()
            await anna.until_content("Anna Ben")

    asyncio.run(scenario())


def test_who_may_only_read_is_closed_when_writing(server: Server) -> None:
    async def scenario() -> None:
        server.lab.readers.add("ben")
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("nur Anna")
            await ben.until_content("nur Anna")
            assert ben.state["rights"]["edit"] is False
            ben.type("!")
            assert await ben.until_closed() == CloseCode.NOT_ALLOWED
            await anna.catch_up()
            assert anna.content == "nur Anna"

    asyncio.run(scenario())


def test_tidying_up_by_a_reader_is_passed_over(server: Server) -> None:
    async def scenario() -> None:
        server.lab.readers.add("ben")
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("steht fest")
            await ben.until_content("steht fest")
            del ben.text[0:6]
            await ben.catch_up()
            await anna.catch_up()
            assert anna.content == "steht fest"
            assert ben.close_code is None

    asyncio.run(scenario())


def test_a_phase_that_has_changed_closes_with_reconnect_and_stores_nothing(server: Server) -> None:
    """The action's commit is seen by the log before anybody told the rooms."""

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("rechtzeitig")
            await ben.until_content("rechtzeitig")
            set_phase(server.lab.database, Phase.SIGNING)
            server.lab.phase = Phase.SIGNING
            anna.type(" zu spät")
            assert await anna.until_closed() == CloseCode.ACCESS_CHANGED
            assert await ben.until_closed() == CloseCode.ACCESS_CHANGED
            async with server.client("clara") as clara:
                await clara.until_synced()
                assert clara.content == "rechtzeitig"
                assert clara.state["phase"] == "signing"
                assert clara.state["rights"]["edit"] is False
            assert ben.content == "rechtzeitig"

    asyncio.run(scenario())


def test_a_refused_declaration_does_not_hold_up_another(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben", slug="zweite") as ben:
            await anna.until_saved()
            await ben.until_saved()
            server.call(server.lab.log.gate.clear)
            server.lab.log.entered.clear()
            anna.type("a")
            assert await asyncio.to_thread(server.lab.log.entered.wait, 10)
            set_phase(server.lab.database, Phase.SIGNING, number=1)
            ben.type("b")
            server.call(server.lab.log.gate.set)
            assert await anna.until_closed() == CloseCode.ACCESS_CHANGED
            await ben.until_saved()

    asyncio.run(scenario())


def test_changed_access_sends_everybody_to_ask_again(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben", slug="zweite") as ben:
            await anna.until_synced()
            await ben.until_synced()
            server.call(server.lab.rooms.access_changed, 1)
            assert await anna.until_closed() == CloseCode.ACCESS_CHANGED
            await ben.catch_up()
            assert ben.close_code is None

    asyncio.run(scenario())


def test_an_update_without_its_predecessors_is_asked_for(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_synced()
            await anna.until_saved()
            lost: list[bytes] = []
            send, anna.send = anna.send, lost.append  # type: ignore[method-assign]
            anna.type("verloren, ")
            anna.send = send  # type: ignore[method-assign]
            anna.type("und wieder da")
            await ben.until_content("verloren, und wieder da")
            await anna.until_saved()
            assert len(lost) == 1

    asyncio.run(scenario())


def test_an_update_without_its_predecessors_reaches_nobody(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna", answers=False) as anna, server.client("ben") as ben:
            source: Doc[Text] = Doc()
            text = source.get("text", type=Text)
            text.insert(0, "eins ", {})
            after = source.get_state()
            text.insert(5, "zwei", {})
            late = source.get_update(after)
            assert check_update(late).lacks_in({})
            anna.send(messages.update_frame(late))
            await anna.catch_up()
            await ben.catch_up()
            assert [frame for frame in ben.frames if frame[:2] == b"\x00\x02"] == []
            assert anna.saved == 0
            anna.send(messages.step_2(source.get_update()))
            await ben.until_content("eins zwei")
            await anna.until_saved()

    asyncio.run(scenario())
