"""The connections over which processes hear of each other."""

from __future__ import annotations

from sqlalchemy import make_url

from tests.postgres import Postgres


async def cut_listeners(postgres: Postgres, url: str) -> int:
    """Cuts those of all processes on the database at `url`; how many there were."""
    connection = await postgres.connect(str(make_url(url).database))
    cut = await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        " OR (query = 'SELECT 1' AND pid <> pg_backend_pid() AND datname = current_database())"
    )
    await connection.close()
    return len(cut)
