"""`/health` and `/ready` tell the truth about storage."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing

import pytest

from server.actions.operation import health
from server.storage.engine.database import Database
from server.sync.room.writer import GroupWriter
from tests.conftest import ON_POSTGRES
from tests.waiting import HANG, as_busy
from tests.web.site import Site


def test_both_are_well_while_everything_works(site: Site) -> None:
    visitor = site.visitor()
    assert visitor.open("/health").data == {"status": "ok"}
    assert visitor.open("/ready").data == {"status": "ready"}


def test_both_say_that_rooms_cannot_store(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GroupWriter, "failing", True)
    for path in ("/health", "/ready"):
        answer = site.visitor().open(path, Accept="application/json")
        assert (answer.status, answer.data["error"]["code"]) == (503, "storage_failed")


@pytest.mark.skipif(ON_POSTGRES, reason="SQLite's own way to refuse writes")
def test_a_database_that_takes_nothing_is_not_ready(site: Site) -> None:
    async def close_for_writing() -> None:
        async with site.world.services.database.read() as db:
            await (await db.connection()).exec_driver_sql("PRAGMA query_only = ON")

    site.world.run(close_for_writing())
    assert site.visitor().open("/ready").status == 503
    assert site.visitor().open("/health").status == 200


@pytest.mark.skipif(ON_POSTGRES, reason="SQLite's own way to keep others waiting")
def test_a_locked_database_is_not_ready_and_says_so_in_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself waits ten seconds, and cannot be interrupted."""
    monkeypatch.setattr(health, "TIMEOUT", 0.2)
    with closing(sqlite3.connect(site.world.settings.data / "kraftakt.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert site.visitor().open("/ready").status == 503
        took = time.monotonic() - began
        assert took < as_busy(5)
        monkeypatch.setattr(health, "TIMEOUT", HANG)
        assert site.visitor().open("/health").status == 200
        other.execute("ROLLBACK")


def test_who_asks_while_somebody_looks_waits_for_the_same_look(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looks that nobody waits for any more do not pile up, and none is cut off halfway."""
    monkeypatch.setattr(health, "TIMEOUT", 0.05)
    goes_on, begun = asyncio.Event(), []

    async def slow(_: Database) -> None:
        begun.append(1)
        await goes_on.wait()

    monkeypatch.setattr(Database, "probe", slow)
    assert [site.visitor().open("/ready").status for _ in range(3)] == [503, 503, 503]
    assert len(begun) == 1
    goes_on.set()
    monkeypatch.setattr(health, "TIMEOUT", HANG)
    assert [site.visitor().open("/ready").status for _ in range(2)] == [200, 200]
