"""The service writes into a text: through the same door as everybody, whether somebody is there or not."""

from __future__ import annotations

import asyncio
import gc

import pytest
from pycrdt import Doc, Text

from server.domain.declarations import Phase
from server.domain.errors import NotFound, StorageFailed, WrongPhase
from server.domain.text.errors import WriterTaken
from server.domain.text.update_log import Writer
from server.sync import rooms
from server.sync.attestation import THE_SERVICE, Member
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from server.sync.wire.messages import Malformed
from tests.sync.live_server import SLUGS, TEXTS, set_phase
from tests.sync.served import Server, Start

BEN = Member(2, "Ben", "08317065", "Lahr/Schwarzwald")
SERVICE_ID = 77
TEXTS_OF = {number: TEXTS[slug] for slug, number in SLUGS.items()}


def written(words: str, client_id: int = SERVICE_ID) -> bytes:
    doc: Doc[Text] = Doc(client_id=client_id)
    doc.get("text", type=Text).insert(0, words, {})
    return doc.get_update()


def begin(
    server: Server, update: bytes, member: Member = THE_SERVICE, declaration: int = 1
) -> asyncio.Future[None]:
    """On the server's event loop."""
    text = TEXTS_OF.get(declaration, declaration)
    writing = server.lab.rooms.write(text, update, member, declaration_id=declaration)
    return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(writing, server.lab.loop))


async def stored_writers(server: Server) -> tuple[Writer, ...]:
    async def load() -> tuple[Writer, ...]:
        return (await server.lab.log.load(TEXTS["appell"])).writers

    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(load(), server.lab.loop))


def set_failing(server: Server, failing: bool) -> None:
    server.call(setattr, server.lab.log, "failing", failing)


def test_people_see_at_once_what_the_service_writes_and_it_survives_a_restart(start: Start) -> None:
    async def write(server: Server) -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("Anna. ")
            await ben.until_content("Anna. ")
            source: Doc[Text] = Doc(client_id=SERVICE_ID)
            source.apply_update(ben.doc.get_update())
            before = source.get_state()
            source.get("text", type=Text).insert(6, "Der Dienst.", {})
            await begin(server, source.get_update(before))
            await asyncio.gather(
                anna.until_content("Anna. Der Dienst."), ben.until_content("Anna. Der Dienst.")
            )
            anna.type(" Und weiter.")
            await ben.until_content("Anna. Der Dienst. Und weiter.")
            assert {person["name"] for person in anna.people} == {"Anna", "Ben"}

    async def read(server: Server) -> None:
        async with server.client("anna") as anna:
            await anna.until_content("Anna. Der Dienst. Und weiter.")

    first = start()
    asyncio.run(write(first))
    first.stop()
    asyncio.run(read(start()))


def test_nobody_need_be_there_and_the_text_is_let_go_again(server: Server) -> None:
    async def scenario() -> None:
        await begin(server, written("Vorab."))
        loads = server.lab.log.loads
        async with server.client("anna") as anna:
            await anna.until_content("Vorab.")
        assert server.lab.log.loads == loads + 1

    asyncio.run(scenario())


def test_writing_while_others_do_loses_nothing(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            for number in range(20):
                anna.type(f"<a{number}>")
                ben.type(f"<b{number}>", 0)
                await begin(server, written(f"<s{number}>", SERVICE_ID + number))
            await asyncio.gather(anna.until_saved(), ben.until_saved())
            await anna.until(lambda: all(f"<s{n}>" in anna.content for n in range(20)))
            await ben.until(lambda: ben.content == anna.content)
            for name in "abs":
                assert all(anna.content.count(f"<{name}{number}>") == 1 for number in range(20))

    asyncio.run(scenario())


def test_what_is_there_already_is_no_error_and_nothing_new(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            for _ in range(2):
                await begin(server, written("Einmal."))
            await anna.until_content("Einmal.")

    asyncio.run(scenario())


def test_nobody_else_may_go_on_with_the_services_client_id(server: Server) -> None:
    async def scenario() -> None:
        await begin(server, written("Der Dienst."))
        assert await stored_writers(server) == ()
        async with server.client("anna", answers=False) as anna:
            await anna.until_content("Der Dienst.")
            forged: Doc[Text] = Doc(client_id=SERVICE_ID)
            forged.apply_update(anna.doc.get_update())
            before = forged.get_state()
            forged.get("text", type=Text).insert(0, "Angeblich: ", {})
            anna.send(messages.update_frame(forged.get_update(before)))
            assert await anna.until_closed() == CloseCode.NOT_ALLOWED

    asyncio.run(scenario())


def test_in_a_persons_name_it_is_that_persons_text(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            anna.type("Anna")
            await anna.until_saved()
            await begin(server, written("Ben", 5), BEN)
            await anna.until(lambda: "Ben" in anna.content)
            owners = {writer.client: (writer.person, writer.ags) for writer in await stored_writers(server)}
            assert owners[5] == (2, "08317065")
            with pytest.raises(WriterTaken):
                await begin(server, written("nicht Ben", anna.doc.client_id), BEN)

    asyncio.run(scenario())


@pytest.mark.parametrize("somebody_is_there", [True, False])
def test_while_the_mayors_sign_it_is_refused(server: Server, somebody_is_there: bool) -> None:
    async def scenario() -> None:
        set_phase(server.lab.database, Phase.SIGNING)
        server.lab.phase = Phase.SIGNING
        if somebody_is_there:
            async with server.client("clara") as clara:
                await clara.until_synced()
                with pytest.raises(WrongPhase):
                    await begin(server, written("Zu spät."))
        else:
            with pytest.raises(WrongPhase):
                await begin(server, written("Zu spät."))
        async with server.client("clara") as clara:
            await clara.until_synced()
            assert clara.content == ""

    asyncio.run(scenario())


def test_an_unknown_declaration_is_not_found(server: Server) -> None:
    async def scenario() -> None:
        with pytest.raises(NotFound):
            await begin(server, written("Wohin?"), declaration=99)

    asyncio.run(scenario())


def test_while_storage_is_known_to_fail_it_is_refused(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            set_failing(server, True)
            with pytest.raises(StorageFailed):  # a text that cannot even be loaded
                await begin(server, written("Nichts."), declaration=2)
            anna.type("wartet")
            await anna.until(lambda: anna.state["storage"] == "failed")
            with pytest.raises(StorageFailed):
                await begin(server, written("Nichts."))
            set_failing(server, False)
            await anna.until_saved()
            assert anna.content == "wartet"

    asyncio.run(scenario())


def test_if_storage_fails_on_the_way_it_returns_once_it_is_on_disk_after_all(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            set_failing(server, True)
            writing = begin(server, written("Später."))
            await anna.until(lambda: anna.state["storage"] == "failed")
            await anna.catch_up()
            assert (writing.done(), anna.content) == (False, "")
            set_failing(server, False)
            await writing
            await anna.until_content("Später.")

    asyncio.run(scenario())


def test_a_server_that_stops_without_having_stored_it_says_so(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "STOP_TIMEOUT", 0.05)
    server = start()

    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            set_failing(server, True)
            writing = begin(server, written("Nie."))
            await anna.until(lambda: anna.state["storage"] == "failed")
            stopping = asyncio.to_thread(server.stop)
            with pytest.raises(StorageFailed):
                await asyncio.gather(writing, stopping)

    asyncio.run(scenario())


@pytest.mark.parametrize("update", [b"", b"\x01", written("x")[:-2]])
def test_what_is_no_update_changes_nothing(server: Server, update: bytes) -> None:
    async def scenario() -> None:
        with pytest.raises(Malformed):
            await begin(server, update)
        assert server.lab.log.loads == 0

    asyncio.run(scenario())


def test_what_builds_on_something_unknown_is_refused_and_the_text_is_let_go(server: Server) -> None:
    async def scenario() -> None:
        source: Doc[Text] = Doc(client_id=SERVICE_ID)
        text = source.get("text", type=Text)
        text.insert(0, "eins ", {})
        after = source.get_state()
        text.insert(5, "zwei", {})
        with pytest.raises(Malformed, match="not there"):
            await begin(server, source.get_update(after))
        async with server.client("anna") as anna:
            await anna.until_synced()
            assert (anna.content, server.lab.log.loads) == ("", 2)

    asyncio.run(scenario())


def test_whoever_stops_waiting_does_not_take_it_back(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_saved()
            set_failing(server, True)
            writing = begin(server, written("Trotzdem."))
            await anna.until(lambda: anna.state["storage"] == "failed")
            writing.cancel()
            set_failing(server, False)
            await anna.until_content("Trotzdem.")

    asyncio.run(scenario())
    gc.collect()  # an error that nobody has asked for would be reported now
