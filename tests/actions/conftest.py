"""`KRAFTAKT_TEST_DATABASE=postgresql` runs all tests of the actions on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.world import World

ON_POSTGRES = os.environ.get("KRAFTAKT_TEST_DATABASE") == "postgresql"


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    url = request.getfixturevalue("postgres").new_database() if ON_POSTGRES else None
    world = World(tmp_path, url)
    yield world
    world.close()
