"""Real processes over databases that are full, taken away, damaged, or gone and back: what cannot be stored
is said and changes nothing, `/health` and `/ready` tell the truth, and all goes on when it can."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import ON_POSTGRES
from tests.postgres import Postgres
from tests.small_disk import full, small_disk
from tests.sync.fast_paths import ALL
from tests.sync.service_process import House, Process
from tests.waiting import HANG, as_busy
from tests.world import SLUG

HOME = f"/declarations/{SLUG}"
STOP = 5.0
"""Seconds that a stopping server may take on a quiet machine."""


Files = Mapping[str, tuple[str, str, str]]
"""By field: name, content, media type."""


class Browser:
    """Clara's, at a process."""

    def __init__(self, process: Process) -> None:
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{process.port}",
            cookies={"kraftakt_session": "token-of-clara"},
            headers={"Accept": "text/html", "Accept-Language": "de"},
            timeout=HANG,
        )

    def status(self, path: str) -> int:
        return self._client.get(path).status_code

    def send(self, path: str, page: str, files: Files | None = None, **fields: str) -> httpx.Response:
        """A form of the page."""
        found = re.search(r'csrf-token" content="([0-9a-f]+)"', self._client.get(page).text)
        assert found is not None
        return self._client.post(path, data={"csrf": found[1], **fields}, files=files)

    def close(self) -> None:
        self._client.close()

    @property
    def wellness(self) -> tuple[int, int]:
        return self.status("/health"), self.status("/ready")


@contextmanager
def served(folder: Path, url: str | None = None) -> Iterator[tuple[House, Process, Browser]]:
    house = House(url or f"sqlite+aiosqlite:///{folder / 'kraftakt.db'}", folder, ALL)
    [process] = house.start(1)
    browser = Browser(process)
    assert browser.wellness == (200, 200)
    try:
        yield house, process, browser
    finally:
        browser.close()
        house.close()


def stop(process: Process) -> None:
    began = time.monotonic()
    process.stop()
    took = time.monotonic() - began
    assert took < as_busy(STOP)


def refused(answer: httpx.Response) -> bool:
    return answer.status_code == 503 and "Speichern ist zurzeit nicht möglich" in answer.text


def test_a_full_disk_refuses_words_files_and_the_seal_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk, served(disk) as (house, process, clara):
        files = {"file": ("text.md", "# Erklärung\n\nWir bauen Straßen.\n", "text/markdown")}
        keep, bring = f"{HOME}/versions", f"{HOME}/text/files"
        with full(disk):
            assert clara.wellness == (200, 503)
            assert refused(clara.send(keep, keep, name="Stand vom Abend"))
            assert refused(clara.send(bring, bring, files=files))
        assert clara.wellness == (200, 200)
        assert "Stand vom Abend" not in clara._client.get(keep).text
        assert clara.send(bring, bring, files=files).status_code == 303
        house.world.freeze()
        house.world.sign_with_passkey("doris")
        with full(disk):
            assert refused(clara.send(f"{HOME}/seal", f"{HOME}/seal"))
            assert house.world.phase == "signing"
        assert clara.send(f"{HOME}/seal", f"{HOME}/seal").status_code == 303
        assert house.world.phase == "sealed"
        with full(disk):
            stop(process)


@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite's file")
def test_a_file_that_was_replaced_or_taken_away_is_not_written_any_more(tmp_path: Path) -> None:
    with served(tmp_path) as (_, process, clara):
        database, aside, keep = tmp_path / "kraftakt.db", tmp_path / "aside.db", f"{HOME}/versions"
        for replace in (True, False):
            database.rename(aside)
            if replace:
                shutil.copy(aside, database)
            assert clara.wellness == (503, 503)
            assert refused(clara.send(keep, keep, name="Stand"))
            aside.rename(database)
            assert clara.wellness == (200, 200)
        assert clara.send(keep, keep, name="Stand").status_code == 303
        database.unlink()
        stop(process)


@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite's file")
def test_a_damaged_file_is_told_as_soon_as_anybody_stumbles_over_it(tmp_path: Path) -> None:
    with served(tmp_path) as (_, process, clara):
        with (tmp_path / "kraftakt.db").open("r+b") as file:
            size = file.seek(0, 2)
            file.seek(4096)
            file.write(b"\xa5" * (size - 4096))
        assert clara.status(f"{HOME}/people") == 503
        assert clara.wellness == (503, 503)
        stop(process)


def test_postgresql_goes_and_comes_back(tmp_path: Path) -> None:
    postgres, keep = Postgres(), f"{HOME}/versions"
    with served(tmp_path, postgres.new_database()) as (_, process, clara):
        postgres.end()
        assert clara.wellness == (503, 503)
        assert clara.status(HOME) == 503
        postgres.begin()
        assert clara.wellness == (200, 200)
        assert clara.send(keep, keep, name="Stand").status_code == 303
        postgres.end()
        stop(process)
        postgres.begin()
    postgres.stop()
