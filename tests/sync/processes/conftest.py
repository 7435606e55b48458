"""A database that several processes of the service share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.sync.processes.listeners import until_listening
from tests.sync.service_process import House, Process


class Neighbours(House):
    """Its processes hear of each other from the beginning."""

    def __init__(self, postgres: Postgres, folder: Path) -> None:
        super().__init__(postgres.new_database(), folder)
        self._postgres, self._listening = postgres, 0

    def start(self, count: int) -> list[Process]:
        begun = super().start(count)
        self._listening += count
        asyncio.run(until_listening(self._postgres, self.url, self._listening))
        return begun


@pytest.fixture
def house(postgres: Postgres, tmp_path: Path) -> Iterator[House]:
    house = Neighbours(postgres, tmp_path)
    yield house
    house.close()
