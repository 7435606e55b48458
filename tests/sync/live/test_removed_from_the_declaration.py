"""Whoever is removed from a declaration is out of its room at that moment; what they wrote stays theirs.

Their browser is told that rights have changed, comes back, and is turned away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pycrdt import Text

from server.storage.text import update_log
from server.sync.authorship import who_wrote
from server.sync.projection import load_doc
from server.sync.wire.close_codes import CloseCode
from tests.sync.fast_paths import FastPaths
from tests.sync.http_client import HttpClient
from tests.sync.letters import count_letters
from tests.sync.live_client import Client
from tests.sync.service_process import House, Process
from tests.waiting import HANG
from tests.web.http.test_csrf import token_on
from tests.world import SLUG

pytestmark = pytest.mark.both_ways
Connect = Callable[[Process], Client]


@pytest.fixture
def house(tmp_path: Path, fast_paths: FastPaths) -> Iterator[House]:
    house = House(f"sqlite+aiosqlite:///{tmp_path / 'kraftakt.db'}", tmp_path, fast_paths)
    yield house
    house.close()


def by_socket(process: Process) -> Client:
    return process.client("anna")


def by_http(process: Process) -> Client:
    return HttpClient(f"http://127.0.0.1:{process.port}/live/declarations/{SLUG}", "token-of-anna")


async def remove(process: Process, person_id: int) -> None:
    """As Clara does, with the form's own token."""
    base, page = f"http://127.0.0.1:{process.port}", f"/declarations/{SLUG}/people/{person_id}/remove"
    cookies = {"kraftakt_session": "token-of-clara"}
    async with httpx.AsyncClient(base_url=base, cookies=cookies, timeout=HANG) as client:
        asked = await client.get(page)
        assert (await client.post(page, data={"csrf": token_on(asked.text)})).status_code == 303


@pytest.mark.parametrize("connect", [by_socket, by_http])
def test_the_open_editor_closes_and_the_words_stay(house: House, connect: Connect) -> None:
    process = house.start(1)[0]
    anna_id = house.world.person("anna").id

    async def scenario() -> None:
        async with connect(process) as anna, process.client("clara") as clara:
            await anna.until_synced()
            await clara.until_synced()
            anna.type("Von Anna. ")
            await anna.until_saved()
            await clara.until(lambda: "Von Anna. " in clara.content)
            await remove(process, anna_id)
            assert await anna.until_closed() == CloseCode.ACCESS_CHANGED
            assert await clara.until_closed() == CloseCode.ACCESS_CHANGED, "all are asked again"
        async with process.client("clara") as clara:
            await clara.until_synced()
            assert "Von Anna. " in clara.content
            assert clara.close_code is None
        async with process.client("anna") as again:
            assert await again.until_closed() == CloseCode.NOT_ALLOWED

    asyncio.run(scenario())
    updates = house.world.read(update_log.load_updates, house.world.text_id)
    writers = house.world.ask(update_log.read_writers, house.world.text_id)
    assert "Von Anna. " in str(load_doc(updates).get("text", type=Text))
    letters = {author.person: count for author, count in count_letters(who_wrote(updates, writers)).items()}
    assert letters[anna_id] == len("Von Anna. ")
