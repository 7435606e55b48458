"""Runs the migrations against the URL handed over in the configuration's attributes."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from server.storage.engine.database import open_database
from server.storage.tables.base import Base


def run(connection: Connection) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        begin_on_sqlite(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=on_sqlite,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if on_sqlite:
        ensure_references(connection)


def begin_on_sqlite(connection: Connection) -> None:
    """All or nothing, and a table that others refer to may be replaced by its altered copy: to drop it while
    foreign keys are watched would count as deleting its rows. They can be switched outside of transactions
    only."""
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def ensure_references(connection: Connection) -> None:
    """Before the commit. Raises RuntimeError where a row refers to one that is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration would break references between rows: {broken[:5]}")


async def main() -> None:
    database = open_database(context.config.attributes["url"])
    try:
        async with database.engine.connect() as connection:
            await connection.run_sync(run)
            await connection.commit()
    finally:
        await database.close()


asyncio.run(main())
