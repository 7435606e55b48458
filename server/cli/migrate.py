"""`migrate`: an empty or older database is brought to the latest schema."""

from __future__ import annotations

import argparse
import asyncio
from enum import Enum, auto
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from server.settings import read_settings
from server.storage.engine.database import open_database

MIGRATIONS = Path(__file__).parent.parent / "storage" / "migrations"


def migrate(_: argparse.Namespace) -> int:
    upgrade(read_settings().database)
    return 0


def upgrade(database_url: str) -> None:
    command.upgrade(config_for(database_url), "head")


class Schema(Enum):
    """What a database holds."""

    NONE = auto()
    OLDER = auto()
    CURRENT = auto()


def schema_of(database_url: str) -> Schema:
    current = asyncio.run(_revision_of(database_url))
    if current is None:
        return Schema.NONE
    newest = ScriptDirectory.from_config(config_for(database_url)).get_current_head()
    return Schema.CURRENT if current == newest else Schema.OLDER


async def _revision_of(database_url: str) -> str | None:
    database = open_database(database_url)
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(
                lambda link: MigrationContext.configure(link).get_current_revision()
            )
    finally:
        await database.close()


def config_for(database_url: str) -> Config:
    """For Alembic's commands."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = database_url
    return config
