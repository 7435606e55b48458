"""A server on a free port with a real database, with the fast paths or without them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sync.fast_paths import ALL, NONE, FastPaths, chosen
from tests.sync.live_server import make_database
from tests.sync.served import Server, Start


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_ways: runs with the fast paths and without them")
    config.addinivalue_line("markers", "always_fast: tests a fast path, which stays on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fast_paths" in metafunc.fixturenames:
        ways = _ways(metafunc.definition)
        names = ["fast" if way == ALL else "plain" for way in ways]
        metafunc.parametrize("fast_paths", ways, indirect=True, ids=names, scope="module")


def _ways(test: pytest.Item) -> list[FastPaths]:
    if test.get_closest_marker("always_fast"):
        return [ALL]
    if test.get_closest_marker("both_ways") and chosen() == ALL:
        return [ALL, NONE]
    return [chosen()]


@pytest.fixture(scope="module")
def fast_paths(request: pytest.FixtureRequest) -> FastPaths:
    """For the servers of this test."""
    paths: FastPaths = request.param
    return paths


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "kraftakt.sqlite"
    make_database(path)
    return path


@pytest.fixture
def start(database: Path, fast_paths: FastPaths) -> Iterator[Start]:
    """Starts servers over the same database; `start(limits=…)`."""
    running: list[Server] = []

    def begin(**options: Any) -> Server:
        server = Server(database, fast_paths, **options)
        server.start()
        running.append(server)
        return server

    yield begin
    for server in running:
        server.stop()


@pytest.fixture
def server(start: Start) -> Server:
    return start()
