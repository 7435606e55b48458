"""The connections over which processes hear of each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import make_url

from tests.postgres import Postgres
from tests.waiting import HANG, POLL

LISTENING = (
    "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')"
)
"""They look now and then whether the line still holds."""


async def cut_listeners(postgres: Postgres, url: str) -> int:
    """Cuts those of all processes on the database at `url`; how many there were."""
    async with _connected(postgres, url) as connection:
        return len(await connection.fetch(f"SELECT pg_terminate_backend(pid) {LISTENING}"))


async def until_listening(postgres: Postgres, url: str, count: int) -> None:
    """A process is well before it listens: what is said until then, it finds in the log or never."""
    async with _connected(postgres, url) as connection, asyncio.timeout(HANG):
        while await connection.fetchval(f"SELECT count(*) {LISTENING}") < count:
            await connection.execute(f"SELECT pg_sleep({POLL})")


@asynccontextmanager
async def _connected(postgres: Postgres, url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await postgres.connect(str(make_url(url).database))
    try:
        yield connection
    finally:
        await connection.close()
