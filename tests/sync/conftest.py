"""A server on a free port with a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sync.live_server import make_database
from tests.sync.served import Server, Start


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "kraftakt.sqlite"
    make_database(path)
    return path


@pytest.fixture
def start(database: Path) -> Iterator[Start]:
    """Starts servers over the same database; `start(limits=…)`."""
    running: list[Server] = []

    def begin(**options: Any) -> Server:
        server = Server(database, **options)
        server.start()
        running.append(server)
        return server

    yield begin
    for server in running:
        server.stop()


@pytest.fixture
def server(start: Start) -> Server:
    return start()
