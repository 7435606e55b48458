"""For all tests. `KRAFTAKT_TEST_DATABASE=postgresql` runs those with a world on PostgreSQL."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests.once import COMPILED, read_once
from tests.world import World
from tests.zygote import zygote

settings.register_profile("kraftakt", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("kraftakt")
pytest_plugins = ["tests.postgres"]
HERE = Path(__file__).parent
STORY = HERE / "story"
LONGEST = ("vectors/test_vectors.py", "web/rights/test_every_route.py", "races/test_one_winner.py")
"""They begin first, so that no core waits for one of them in the end."""
ON_POSTGRES = os.environ.get("KRAFTAKT_TEST_DATABASE") == "postgresql"


def pytest_configure(config: pytest.Config) -> None:
    """Workers, and the processes they start, find the folder of whoever started them."""
    if COMPILED not in os.environ:
        folder = TemporaryDirectory()
        os.environ[COMPILED] = folder.name
        config.add_cleanup(folder.cleanup)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories come last: the browser keeps an event loop of its own running, beside which the other
    tests could not start theirs. `make test` has a run for either."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if STORY in item.path.parents:
        return len(LONGEST) + 1
    name = item.path.relative_to(HERE).as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported stays until the end: the collector need not look at it, neither while it is read nor
    again and again afterwards."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def shared_by_all() -> Iterator[None]:
    with read_once():
        yield
    if zygote.cache_info().currsize:
        zygote().close()


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    url = request.getfixturevalue("postgres").new_database() if ON_POSTGRES else None
    world = World(tmp_path, url)
    yield world
    world.close()
