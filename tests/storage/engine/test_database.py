"""How the database is opened."""

import asyncio
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError

from server.storage.engine.database import Database, open_database
from server.storage.tables.base import Base
from server.storage.tables.people import MunicipalityRow


async def opened(path: Path) -> Database:
    database = open_database(f"sqlite+aiosqlite:///{path / 'test.db'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return database


def town(name: str) -> MunicipalityRow:
    return MunicipalityRow(ags="08317096", name=name, kind="stadt", latitude=0, longitude=0, postcode="77652")


async def write_and_fail(database: Database) -> None:
    async with database.write() as db:
        db.add(town("Offenburg"))
        await db.flush()
        raise RuntimeError


def test_an_error_never_says_what_people_wrote(tmp_path: Path) -> None:
    """It goes into the log as it is."""

    async def fail() -> list[str]:
        database, said = await opened(tmp_path), []

        async def by_session() -> None:
            async with database.write() as db:
                db.add_all([town("Offenburg"), town("Offenburg")])
                await db.flush()

        def by_runner(connection: Connection) -> None:
            row = {"ags": "08317096", "name": "Offenburg", "kind": None}
            connection.execute(insert(MunicipalityRow), row)

        for work in (by_session, lambda: database.runner.write(by_runner)):
            with pytest.raises(IntegrityError) as failed:
                await work()
            said.append("".join(format_exception(failed.value)))
        await database.close()
        return said

    for words in asyncio.run(fail()):
        assert "INSERT INTO municipalities" in words
        assert "'Offenburg'" not in words.replace('town("Offenburg")', "")


SETTINGS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")


def ask_settings(connection: Connection) -> list[object]:
    return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SETTINGS]


def test_every_connection_is_prepared_alike(tmp_path: Path) -> None:
    """0: tests do not wait for the disk; that the service does, `test_power_cut.py` looks at."""

    async def look() -> list[list[object]]:
        database = await opened(tmp_path)
        async with database.read() as db:
            by_session = [await db.scalar(text(f"PRAGMA {name}")) for name in SETTINGS]
        found = [by_session, await database.ask(ask_settings), await database.runner.write(ask_settings)]
        await database.close()
        return found

    assert asyncio.run(look()) == [["wal", 0, 1, 10_000]] * 3


def test_a_failing_write_leaves_nothing_behind(tmp_path: Path) -> None:
    async def fail() -> object:
        database = await opened(tmp_path)
        with pytest.raises(RuntimeError):
            await write_and_fail(database)
        async with database.read() as db:
            found = await db.get(MunicipalityRow, "08317096")
        await database.close()
        return found

    assert asyncio.run(fail()) is None


def test_two_writers_follow_one_another(tmp_path: Path) -> None:
    async def write(database: Database, name: str, started: asyncio.Event, go_on: asyncio.Event) -> None:
        async with database.write() as db:
            started.set()
            await go_on.wait()
            await db.merge(town(name))

    async def both() -> str:
        database = await opened(tmp_path)
        started, go_on = asyncio.Event(), asyncio.Event()
        first = asyncio.create_task(write(database, "first", started, go_on))
        await started.wait()
        second = asyncio.create_task(write(database, "second", asyncio.Event(), go_on))
        go_on.set()
        await asyncio.gather(first, second)
        async with database.read() as db:
            row = await db.get(MunicipalityRow, "08317096")
        await database.close()
        assert row is not None
        return row.name

    assert asyncio.run(both()) == "second"
