"""Who gets in, and what those outside are told."""

from __future__ import annotations

import asyncio

from server.sync.room.room import SCHEMA
from server.sync.wire.close_codes import CloseCode
from tests.sync.served import Server


def close_code(server: Server, name: str, **options: object) -> int:
    async def scenario() -> int:
        async with server.client(name, **options) as client:
            return await client.until_closed()

    return asyncio.run(scenario())


def test_without_a_session_nobody_gets_in(server: Server) -> None:
    assert close_code(server, "") == CloseCode.NOT_SIGNED_IN


def test_a_stranger_is_not_allowed(server: Server) -> None:
    assert close_code(server, "frank") == CloseCode.NOT_ALLOWED


def test_the_press_office_does_not_follow_the_live_text(server: Server) -> None:
    assert close_code(server, "emil") == CloseCode.NOT_ALLOWED


def test_an_unknown_declaration_is_no_different_from_a_forbidden_one(server: Server) -> None:
    assert close_code(server, "anna", slug="gibt-es-nicht") == CloseCode.NOT_ALLOWED


def test_a_foreign_page_is_not_allowed(server: Server) -> None:
    assert close_code(server, "anna", origin="https://boese.example") == CloseCode.NOT_ALLOWED


def test_an_old_editor_must_reload(server: Server) -> None:
    assert close_code(server, "anna", schema="0") == CloseCode.SCHEMA_TOO_OLD
    assert close_code(server, "anna", schema="1") == CloseCode.SCHEMA_TOO_OLD  # knows no rights in the state
    assert close_code(server, "anna", schema=None) == CloseCode.SCHEMA_TOO_OLD


def test_the_own_page_and_configured_origins_get_in(server: Server) -> None:
    async def scenario() -> None:
        for origin in (f"http://127.0.0.1:{server.port}", "https://kraftakt.example"):
            async with server.client("anna", origin=origin) as anna:
                await anna.until_synced()

    asyncio.run(scenario())


def test_a_stock_client_gets_stock_messages_only(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna", own=False) as anna, server.client("ben") as ben:
            ben.type("hallo")
            await anna.until_content("hallo")
            anna.type(" zurück")
            await ben.until_content("hallo zurück")
            assert {frame[0] for frame in anna.frames} <= {0, 1}

    asyncio.run(scenario())


def test_state_comes_first(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_synced()
            assert anna.frames[0][0] == 102
            assert anna.state == {
                "phase": "drafting",
                "rights": {"edit": True, "suggest": True, "comment": True},
                "schema": SCHEMA,
                "storage": "ok",
            }

    asyncio.run(scenario())


def test_people_are_told_with_their_client_ids_and_municipalities(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            await anna.until_synced()  # she comes first
            async with server.client("clara") as clara:
                clara.type("Liebe Runde")
                await anna.until(lambda: len(anna.people) == 2 and bool(anna.people[1]["clients"]))
                assert anna.people[1] == {
                    "clients": [clara.doc.client_id],
                    "person": 3,
                    "name": "Clara",
                    "municipality": "",
                }
                assert anna.people[0]["municipality"] == "Offenburg"
            await anna.until(lambda: [p["name"] for p in anna.people] == ["Anna"])

    asyncio.run(scenario())


def test_a_caret_is_seen_by_the_others_and_goes_with_its_owner(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna:
            async with server.client("ben") as ben:
                ben.say(77, 1, {"caret": 3})
                await anna.until(lambda: anna.awareness.get(77) == {"caret": 3})
                async with server.client("clara") as clara:
                    await clara.until(lambda: 77 in clara.awareness)
            await anna.until(lambda: 77 not in anna.awareness)

    asyncio.run(scenario())


def test_nobody_moves_somebody_elses_caret(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.say(77, 5, {"caret": 3})
            await ben.until(lambda: 77 in ben.awareness)
            ben.say(77, 9, {"caret": 99})
            ben.say(88, 1, {"caret": 4})
            await anna.until(lambda: 88 in anna.awareness)
            assert anna.awareness[77] == {"caret": 3}
            async with server.client("clara") as clara:
                await clara.until(lambda: 88 in clara.awareness)
                assert clara.awareness[77] == {"caret": 3}

    asyncio.run(scenario())
