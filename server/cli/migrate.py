"""`migrate`: an empty or older database is brought to the latest schema."""

from __future__ import annotations

import argparse
from pathlib import Path

from alembic import command
from alembic.config import Config

from server.settings import read_settings

MIGRATIONS = Path(__file__).parent.parent / "storage" / "migrations"


def migrate(_: argparse.Namespace) -> int:
    upgrade(read_settings().database)
    return 0


def upgrade(database_url: str) -> None:
    command.upgrade(config_for(database_url), "head")


def config_for(database_url: str) -> Config:
    """For Alembic's commands."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = database_url
    return config
