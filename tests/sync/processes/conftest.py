"""A database that several processes of the service share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.sync.service_process import House


@pytest.fixture
def house(postgres: Postgres, tmp_path: Path) -> Iterator[House]:
    house = House(postgres.new_database(), tmp_path)
    yield house
    house.close()
