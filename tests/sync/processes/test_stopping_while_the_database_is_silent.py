"""SIGTERM ends the service within five seconds, whatever the database does."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from server.cli.migrate import upgrade
from tests.postgres import Postgres
from tests.sync.fast_paths import ALL
from tests.sync.service_process import Process
from tests.waiting import as_busy

LIMIT = 5.0
"""Seconds of a quiet machine."""


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """Nobody else's: it is halted."""
    server = Postgres()
    yield server
    server.stop()


@contextmanager
def halted(server: Postgres) -> Iterator[None]:
    """Every process of it stands still; connections stay open and nothing answers."""
    parent = server._process.pid
    os.kill(parent, signal.SIGSTOP)  # first: it makes no further ones
    children = [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    _send(signal.SIGSTOP, children)
    try:
        yield
    finally:
        _send(signal.SIGCONT, [*children, parent])


def _send(number: signal.Signals, pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # one that did its work has ended
            os.kill(pid, number)


@pytest.mark.parametrize("asking", [False, True], ids=["at rest", "with a request under way"])
def test_it_stops_in_time(own_postgres: Postgres, tmp_path: Path, asking: bool) -> None:
    url = own_postgres.new_database()
    upgrade(url)
    process = Process(url, tmp_path, ALL)
    process.wait()
    with halted(own_postgres):
        if asking:
            with pytest.raises(TimeoutError):
                urllib.request.urlopen(f"http://127.0.0.1:{process.port}/health", timeout=0.5)
        began = time.monotonic()
        process.stop()
        took = time.monotonic() - began
    assert took < as_busy(LIMIT), f"{took:.1f} s"
