"""Runs the migrations against the URL handed over in the configuration's attributes."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from server.storage.engine.database import open_database
from server.storage.tables.base import Base


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    database = open_database(context.config.attributes["url"])
    try:
        async with database.engine.connect() as connection:
            await connection.run_sync(run)
            await connection.commit()
    finally:
        await database.close()


asyncio.run(main())
