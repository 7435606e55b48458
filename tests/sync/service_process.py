"""Real processes of the service (`python -m server serve`, forked) on one PostgreSQL database."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.storage.engine.database import open_database
from server.storage.people import sessions
from server.storage.people.persons import find_by_email
from tests.ports import free_port
from tests.sync.fast_paths import FastPaths, chosen, setting
from tests.sync.live_client import Client
from tests.waiting import HANG, until_well
from tests.world import SLUG, World
from tests.zygote import zygote

PEOPLE = ("anna", "clara")
NOTHING: Mapping[str, str] = {}


class Process:
    def __init__(
        self, url: str, data: Path, fast_paths: FastPaths, more: Mapping[str, str] = NOTHING
    ) -> None:
        """`more`: further settings."""
        self.port = free_port()
        kept = {key: value for key, value in os.environ.items() if not key.startswith("KRAFTAKT_")}
        settings = {
            "KRAFTAKT_DATA": str(data),
            "KRAFTAKT_DATABASE": url,
            "KRAFTAKT_FAST_PATHS": setting(fast_paths),
            "PORT": str(self.port),
        }
        self.log = data / f"{self.port}.log"
        self._process = zygote().start(["serve"], {**kept, **settings, **more}, self.log)

    def wait(self) -> None:
        assert until_well(f"http://127.0.0.1:{self.port}", self._process), self.log.read_text()

    def client(self, name: str, **options: object) -> Client:
        return self.client_with(f"token-of-{name}", **options)

    def client_with(self, token: str, **options: object) -> Client:
        url = f"ws://127.0.0.1:{self.port}/ws/declarations/{SLUG}"
        return Client(url, token, cookie="kraftakt_session", **options)  # type: ignore[arg-type]

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """No farewell."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(HANG)


class House:
    """One database; `world` acts in it as a further process would that knows of no others."""

    def __init__(self, url: str, folder: Path, fast_paths: FastPaths | None = None) -> None:
        """`fast_paths`: else those chosen for the whole run."""
        self.url = url
        self._folder = folder
        self._fast_paths = chosen() if fast_paths is None else fast_paths
        self.world = World(folder, url)
        for name in PEOPLE:
            asyncio.run(self.sign_in(name, f"token-of-{name}", timedelta(hours=1)))
        self._processes: list[Process] = []

    async def sign_in(self, name: str, token: str, lasts: timedelta) -> None:
        database, now = open_database(self.url), datetime.now(UTC)
        async with database.write() as db:
            person = await find_by_email(db, f"{name}@example.org")
            assert person is not None
            await sessions.append_session(db, token, person.id, now, now + lasts)
        await database.close()

    def launch(self) -> Process:
        """Does not wait for it."""
        process = Process(self.url, self._folder, self._fast_paths)
        self._processes.append(process)
        return process

    def start(self, count: int) -> list[Process]:
        begun = [self.launch() for _ in range(count)]
        for process in begun:
            process.wait()
        return begun

    def two_running(self) -> tuple[Process, Process]:
        """The one that runs longer first; starts what is missing."""
        running = [process for process in self._processes if process.running]
        one, two = [*running, *self.start(2 - len(running))]
        return one, two

    def close(self) -> None:
        for process in self._processes:
            process.kill()
        self.world.close()
