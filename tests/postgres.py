"""The machine's own PostgreSQL, started in a folder of its own and reached by a socket file."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from tests.waiting import HANG
from tests.world import World

_QUICK = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")
"""Only our own processes are killed in the tests, never the machine."""


def find_programs() -> Path:
    """The folder of the newest `initdb` and `postgres`."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert folders, "the tests need PostgreSQL: apt-get install postgresql"
    return folders[-1]


class Postgres:
    """`new_database` gives the URL of an empty database."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kraftakt-pg-"))
        self._programs = find_programs()
        self._numbers = count(1)
        self._owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(self.folder, self._owner, self._owner)
        self._run(
            "initdb", "--username=kraftakt", "--auth=trust", "--no-sync", "--locale=C.UTF-8", "-D", "data"
        )
        self.begin()

    def _start(self) -> subprocess.Popen[bytes]:
        options = [part for setting in _QUICK for part in ("-c", setting)]
        return subprocess.Popen(
            [self._programs / "postgres", "-D", "data", "-k", str(self.folder), *options],
            cwd=self.folder,
            user=self._owner,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + HANG
        while self._run("pg_isready", "--quiet", "--timeout=1", "-h", str(self.folder), check=False):
            assert self._process.poll() is None, "PostgreSQL ended"
            assert time.monotonic() < deadline, "PostgreSQL does not answer"

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.folder,
            user=self._owner,
            capture_output=True,
            timeout=HANG,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stderr.decode()
        return done.returncode

    def new_database(self) -> str:
        name = f"t{next(self._numbers)}"
        asyncio.run(self._create(name))
        return f"postgresql+asyncpg://kraftakt@/{name}?host={self.folder}"

    async def _create(self, name: str) -> None:
        connection = await self.connect("postgres")
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    async def connect(self, name: str) -> asyncpg.Connection:
        return await asyncpg.connect(host=str(self.folder), user="kraftakt", database=name)

    def end(self) -> None:
        """It cuts all connections and is gone; `begin` brings it back with all that it stored."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(HANG)

    def begin(self) -> None:
        self._process = self._start()
        self._wait_until_ready()

    def stop(self) -> None:
        self.end()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'kraftakt.db'}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.new_database()


@pytest.fixture
def on_postgres(postgres: Postgres, tmp_path: Path) -> Iterator[World]:
    """For what SQLite cannot show: several who write at once."""
    world = World(tmp_path, postgres.new_database())
    yield world
    world.close()
