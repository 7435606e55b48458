"""A world as it begins is made once in a run, by migrations and actions, and copied for each test: thirty
migrations take eighty times as long as a copy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

import asyncpg
from sqlalchemy import URL, make_url

FILE: Final = "kraftakt.db"
TEMPLATE: Final = "begun"


class World(Protocol):
    def close(self) -> None: ...


Make = Callable[[Path, str | None], World]
"""In an empty folder and an empty database; without one, in a file in the folder."""


def lay_down(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


@cache
def begun_files(make: Make) -> Mapping[str, bytes]:
    """Those of a world's folder, by name."""
    with TemporaryDirectory() as folder:
        make(Path(folder), None).close()
        return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


def copy_begun(make: Make, folder: Path, database: str | None) -> None:
    """Into an empty folder, or an empty database of a server. What is not empty is left as it is."""
    url = None if database is None else make_url(database)
    if url is not None and url.database != str(folder / FILE):
        asyncio.run(_copy(url, _begun_template(make, url.set(database=TEMPLATE))))
    elif not (folder / FILE).exists():
        lay_down(begun_files(make), folder)


async def _copy(url: URL, template: str) -> None:
    async with _connected(url, str(url.database)) as there:
        empty = await there.fetchval("SELECT to_regclass('alembic_version')") is None
    if empty:
        async with _connected(url, "postgres") as server:
            await server.execute(f"DROP DATABASE {url.database}")
            await server.execute(f"CREATE DATABASE {url.database} TEMPLATE {template}")


@cache
def _begun_template(make: Make, url: URL) -> str:
    asyncio.run(_create(url))
    with TemporaryDirectory() as folder:
        make(Path(folder), url.render_as_string(hide_password=False)).close()
    return TEMPLATE


async def _create(url: URL) -> None:
    async with _connected(url, "postgres") as server:
        await server.execute(f"CREATE DATABASE {url.database}")


@asynccontextmanager
async def _connected(url: URL, name: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(host=str(url.query["host"]), user=url.username, database=name)
    try:
        yield connection
    finally:
        await connection.close()
