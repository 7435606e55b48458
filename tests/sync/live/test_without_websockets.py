"""The room over plain HTTP: the same room, the same guarantees."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.domain.declarations import Phase
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from tests.sync.fast_paths import FastPaths
from tests.sync.http_client import HttpClient
from tests.sync.service_process import House, Process
from tests.world import SLUG

pytestmark = pytest.mark.both_ways


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, fast_paths: FastPaths) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    house = House(f"sqlite+aiosqlite:///{folder / 'kraftakt.db'}", folder, fast_paths)
    yield house
    house.close()


@pytest.fixture(scope="module")
def process(house: House) -> Process:
    return house.start(1)[0]


def http(process: Process, name: str, slug: str = SLUG) -> HttpClient:
    token = f"token-of-{name}" if name else ""
    return HttpClient(f"http://127.0.0.1:{process.port}/live/declarations/{slug}", token)


def test_somebody_behind_a_strict_proxy_writes_with_the_others(process: Process) -> None:
    async def scenario() -> None:
        async with http(process, "anna") as anna, process.client("clara") as clara:
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            for number in range(40):
                anna.type(f"<a{number}>")
                clara.type(f"<c{number}>", 0)
            await asyncio.gather(anna.until_saved(), clara.until_saved())
            await anna.until(lambda: "<c39>" in anna.content)
            await clara.until(lambda: clara.content == anna.content)
            assert all(anna.content.count(f"<a{number}>") == 1 for number in range(40))
            await clara.until(lambda: {p["name"] for p in clara.people} == {"Anna", "Clara"})
            anna.say(anna.doc.client_id, 1, {"caret": 3})
            await clara.until(lambda: anna.doc.client_id in clara.awareness)

    asyncio.run(scenario())


@pytest.mark.parametrize("takes_leave", [True, False])
def test_who_leaves_or_hangs_up_is_gone_at_once(process: Process, *, takes_leave: bool) -> None:
    async def scenario() -> None:
        async with process.client("clara") as clara:
            anna = http(process, "anna")
            anna.takes_leave = takes_leave
            async with anna:
                await anna.until_saved()
                await asyncio.gather(
                    anna.until(lambda: len(anna.people) == 2), clara.until(lambda: len(clara.people) == 2)
                )
            if not takes_leave:
                await anna.hang_up(process.port)
            await clara.until(lambda: len(clara.people) == 1)

    asyncio.run(scenario())


def test_without_a_session_there_is_no_line(process: Process) -> None:
    async def scenario() -> None:
        async with http(process, "") as nobody:
            assert await nobody.until_closed() == CloseCode.NOT_SIGNED_IN

    asyncio.run(scenario())


def test_an_unknown_declaration_is_not_allowed(process: Process) -> None:
    async def scenario() -> None:
        async with http(process, "anna", "andere") as anna:
            assert await anna.until_closed() == CloseCode.NOT_ALLOWED

    asyncio.run(scenario())


def test_an_older_page_has_to_be_reloaded(process: Process) -> None:
    async def scenario() -> None:
        anna = http(process, "anna")
        anna.query = {"schema": "0"}
        async with anna:
            assert await anna.until_closed() == CloseCode.SCHEMA_TOO_OLD

    asyncio.run(scenario())


def test_somebody_elses_line_does_not_exist(process: Process) -> None:
    async def scenario() -> None:
        async with http(process, "anna") as anna, http(process, "clara") as clara:
            await anna.until_saved()
            await clara.until_saved()
            answer = await clara.http.post(f"{clara.url}/frames", params={"line": anna.line}, content=b"")
            assert answer.headers["Kraftakt-Close"] == "4404 no such line"
            assert anna.close_code is None

    asyncio.run(scenario())


@pytest.mark.parametrize("headers", [{"X-CSRF-Token": "x"}, {"Origin": "https://other.example"}])
def test_frames_from_elsewhere_are_refused(process: Process, headers: dict[str, str]) -> None:
    async def scenario() -> None:
        async with http(process, "anna") as anna:
            await anna.until_saved()
            before = anna.content
            update = messages.update_frame(b"\x01\x01\x07\x00\x04\x01\x04text\x01x\x00")
            answer = await anna.post(messages.encode_chunk(update), **headers)
            assert answer.status_code == 403 or answer.headers["Kraftakt-Close"].startswith("4403")
            assert anna.content == before

    asyncio.run(scenario())


@pytest.mark.parametrize("body", [b"\x05ab", b"\xff" * 12, messages.encode_chunk(b"\x07")])
def test_what_is_no_frame_closes_the_line_by_name(process: Process, body: bytes) -> None:
    async def scenario() -> None:
        async with http(process, "anna") as anna:
            await anna.until_saved()
            answer = await anna.post(body)
            if "Kraftakt-Close" in answer.headers:
                assert answer.headers["Kraftakt-Close"].startswith("4400")
            else:
                assert await anna.until_closed() == CloseCode.MALFORMED

    asyncio.run(scenario())


def test_a_frozen_text_closes_the_line_and_is_read_only_afterwards(house: House, process: Process) -> None:
    """The last one: the house stays frozen."""

    async def scenario() -> None:
        async with http(process, "anna") as anna:
            await anna.until_saved()
            await asyncio.to_thread(house.world.freeze)
            anna.type("zu spät")
            assert await anna.until_closed() == CloseCode.ACCESS_CHANGED
        async with http(process, "anna") as anna:
            await anna.until_synced()
            assert anna.state["phase"] == Phase.SIGNING.value
            assert "zu spät" not in anna.content

    asyncio.run(scenario())
