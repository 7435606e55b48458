"""What a limit lets pass at one process counts at the others, and nobody who listens reads whose it was."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from server.domain.errors import TooMany
from server.web.http.rate_limits import create_rate_limits
from tests.sync.processes.further_process import further_rooms
from tests.sync.service_process import House
from tests.waiting import HANG

NETWORK = "192.0.2.7"


def stands_still() -> float:
    """The clock: nothing becomes free again while a machine is busy."""
    return 0.0


def test_processes_hold_a_limit_together(house: House) -> None:
    house.start(1)

    async def scenario() -> None:
        async with further_rooms(house.url, "one") as one, further_rooms(house.url, "two") as two:
            heard: asyncio.Queue[str] = asyncio.Queue()
            here = create_rate_limits(stands_still, b"secret", one.tell_taken)
            there = create_rate_limits(stands_still, b"secret", two.tell_taken)

            def hear(key: str) -> None:
                heard.put_nowait(key)
                there.heard(key)

            two.taken_elsewhere = hear
            keys: list[str] = []
            async with asyncio.timeout(HANG):
                while not keys:  # it begins to listen
                    here.notes_by_network.take(NETWORK)
                    with suppress(TimeoutError):
                        keys.append(await asyncio.wait_for(heard.get(), 1))
                for _ in range(20):
                    here.accession_by_network.take(NETWORK)
                while sum(key.startswith("accession") for key in keys) < 20:
                    keys.append(await heard.get())
            with pytest.raises(TooMany):
                there.accession_by_network.take(NETWORK)
            there.accession_by_network.take("192.0.2.8")
            there.link_by_network.take(NETWORK)
            assert not any(NETWORK in key for key in keys)

    asyncio.run(scenario())
