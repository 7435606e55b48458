"""What was acknowledged survives a power cut: SQLite is told to wait for the disk."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from sqlalchemy.ext.asyncio import create_async_engine

from server.storage.engine import sqlite

NAMES = ("synchronous", "journal_mode")


def as_it_is_written() -> ModuleType:
    """The module anew: the one that is imported does not wait in tests (`tests/once.py`)."""
    spec = importlib.util.spec_from_file_location("as_it_is_written", str(sqlite.__file__))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'kraftakt.db'}")
    blocking = as_it_is_written().blocking_engine(engine)
    with blocking.connect() as connection:
        modes = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")
        ]
    blocking.dispose()
    assert modes == [2, "wal"]
