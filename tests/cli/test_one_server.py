"""One SQLite file has one server, which ends in time whatever its database does."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from server.settings import FastPath
from tests.ports import free_port
from tests.sync.fast_paths import ALL
from tests.sync.service_process import House
from tests.waiting import as_busy
from tests.zygote import zygote

STOP = 5.0
"""Seconds that a stopping server may take on a quiet machine."""


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KRAFTAKT_")}
    settings = {"KRAFTAKT_DATA": str(folder), "PORT": str(free_port())}
    return zygote().run(arguments, kept | settings)


def house_in(folder: Path, fast_paths: frozenset[FastPath]) -> House:
    return House(f"sqlite+aiosqlite:///{folder / 'kraftakt.db'}", folder, fast_paths)


def test_the_second_server_refuses_and_commands_work_beside_the_first(tmp_path: Path) -> None:
    house = house_in(tmp_path, ALL)
    house.start(1)
    for command in ("serve", "demo"):
        second = call(tmp_path, command)
        assert second.returncode == 2
        assert "Another server is already running" in second.stderr
    assert "/login/" in call(tmp_path, "login-link", "anna@example.org").stdout
    house.close()


@pytest.mark.parametrize("fast_paths", [ALL, frozenset()], ids=["fast", "plain"])
def test_a_server_stops_in_time_while_its_database_is_locked(
    tmp_path: Path, fast_paths: frozenset[FastPath]
) -> None:
    house = house_in(tmp_path, fast_paths)
    [first] = house.start(1)
    with closing(sqlite3.connect(tmp_path / "kraftakt.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # nobody else can store anything
        began = time.monotonic()
        first.stop()
        took = time.monotonic() - began
    assert took < as_busy(STOP)
    house.start(1)  # what was locked is free again
    house.close()
