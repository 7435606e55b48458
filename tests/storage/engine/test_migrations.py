"""An empty database, migrated, has exactly the tables that the code describes."""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from server.cli.migrate import upgrade
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
