"""The first coordinator comes from the command line, into an empty database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

from alembic import command

from server.cli.migrate import config_for
from tests.zygote import zygote


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KRAFTAKT_") and k != "PORT"}
    return zygote().run(["coordinator", "add", *arguments], kept | {"KRAFTAKT_DATA": str(folder)})


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "kraftakt.db") as connection:
        return connection.execute(query).fetchall()


def test_an_empty_database_is_prepared_and_a_link_is_printed(tmp_path: Path) -> None:
    done = run(tmp_path, "clara@region.example", "Clara Clematis")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("http://localhost:8000/login/")
    assert len(done.stdout.splitlines()) == 1
    assert rows(tmp_path, "SELECT email, name, may_create FROM persons") == [
        ("clara@region.example", "Clara Clematis", 1)
    ]
    again = run(tmp_path, "Clara@Region.example", "Clara Clematis")
    assert again.returncode == 0
    assert rows(tmp_path, "SELECT count(*) FROM persons") == [(1,)]


def test_an_address_or_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    for email, name in (("clara", "Clara"), ("a@b.example\nBcc: c@d.example", "Clara"), ("a@b.example", " ")):
        refused = run(tmp_path, email, name)
        assert (refused.returncode, refused.stdout) == (2, "")
    assert rows(tmp_path, "SELECT count(*) FROM persons") == [(0,)]


def test_an_older_database_is_not_touched(tmp_path: Path) -> None:
    command.upgrade(config_for(f"sqlite+aiosqlite:///{tmp_path / 'kraftakt.db'}"), "0007")
    refused = run(tmp_path, "clara@region.example", "Clara")
    assert refused.returncode == 1
    assert "server migrate" in refused.stderr
    assert rows(tmp_path, "SELECT version_num FROM alembic_version") == [("0007",)]
