"""An empty database, migrated, has exactly the tables that the code describes."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from server.cli.migrate import config_for, upgrade
from server.storage.engine.database import open_database
from server.storage.tables.base import Base


def differences(url: str) -> list[object]:
    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async def look() -> list[object]:
        database = open_database(url)
        async with database.engine.connect() as connection:
            found = await connection.run_sync(compare)
        await database.close()
        return found

    return asyncio.run(look())


def test_an_empty_database_becomes_what_the_tables_say(database_url: str) -> None:
    assert differences(database_url)
    upgrade(database_url)
    assert differences(database_url) == []


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)
    assert differences(database_url) == []


def test_a_migration_that_fails_leaves_sqlite_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kraftakt.db"
    command.upgrade(config_for(f"sqlite+aiosqlite:///{path}"), "0003")
    with sqlite3.connect(path) as connection:  # which does not watch foreign keys
        connection.execute("INSERT INTO updates (declaration_id, data) VALUES (9, x'00')")
        before = list(connection.iterdump())
    with pytest.raises(RuntimeError, match="would break references"):
        upgrade(f"sqlite+aiosqlite:///{path}")
    with sqlite3.connect(path) as connection:
        assert list(connection.iterdump()) == before
