"""A private draft is one room on two processes, above an original that lives on both."""

from __future__ import annotations

import asyncio

import httpx

from server.domain.text.branches.branches import prefix_of
from tests.branches import begin, updates_of
from tests.sync.live_client import Client
from tests.sync.service_process import House, Process
from tests.waiting import HANG
from tests.web.http.test_csrf import token_on
from tests.world import SLUG

SECONDS = 1_781_690_400


def draft(process: Process, branch: int) -> Client:
    """Anna in it, at that process."""
    url = f"ws://127.0.0.1:{process.port}/ws/declarations/{SLUG}/branches/{branch}"
    return Client(url, "token-of-anna", cookie="kraftakt_session")


def test_a_draft_is_written_at_two_processes_and_shared_at_one(house: House) -> None:
    one, two = house.start(2)
    world = house.world
    branch = begin(world, office=True)
    mark = f"{world.person('anna').id}|Offenburg|{SECONDS}"

    def propose(client: Client, words: str) -> None:
        key = f"ins:{prefix_of(branch)}{client.doc.client_id}"
        client.text.insert(0, words, {key: mark})

    async def scenario() -> None:
        async with (
            draft(one, branch) as here,
            draft(two, branch) as there,
            two.client("clara") as clara,
            one.client("clara") as elsewhere,
        ):
            everybody = here, there, clara, elsewhere
            await asyncio.gather(*(each.until_saved() for each in everybody))
            propose(here, "Hier. ")
            propose(there, "Dort. ")
            clara.type("Clara.")
            elsewhere.type("Auch.")
            await asyncio.gather(*(each.until_saved() for each in everybody))
            await here.until(lambda: all(w in here.content for w in ("Hier. ", "Dort. ", "Clara.", "Auch.")))
            await there.until_content(here.content)
            await elsewhere.until(lambda: "Clara." in elsewhere.content)
            for each in (clara, elsewhere):
                assert not any(words in each.content for words in ("Hier. ", "Dort. ")), "unseen"
            seen = here.content
            await share(one, branch)
            await asyncio.gather(*(each.until_closed() for each in everybody))  # and come back, all of them
        async with two.client("clara") as clara, one.client("clara") as elsewhere:
            await asyncio.gather(clara.until_content(seen), elsewhere.until_content(seen))

    asyncio.run(scenario())
    assert updates_of(world, branch) == ()


async def share(process: Process, branch: int) -> None:
    """As Anna does, with the form's own token."""
    base, page = f"http://127.0.0.1:{process.port}", f"/declarations/{SLUG}/branches/{branch}/share"
    cookies = {"kraftakt_session": "token-of-anna"}
    async with httpx.AsyncClient(base_url=base, cookies=cookies, timeout=HANG) as client:
        asked = await client.get(page)
        answer = await client.post(page, data={"csrf": token_on(asked.text), "note": ""})
        assert answer.status_code == 303
