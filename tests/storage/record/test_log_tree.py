"""The tree that is stored with the log proves what the whole log would."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from alembic import command
from sqlalchemy import select

from server.cli.migrate import config_for, upgrade
from server.domain.audit import AuditEvent, Tag
from server.domain.merkle import Tree, leaf_hash
from server.storage.engine.database import Database, open_database
from server.storage.record import audit, log_tree
from server.storage.tables.record import AuditEventRow, LogNodeRow
from tests.domain.whole_logs import inclusion_proof, root, tree_of

AT = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)
SIZES = (1, 2, 3, 7, 8, 21, 50)
EVENTS = [AuditEvent(AT, Tag.TEXT_FREEZE, number, "erklaerung", {}) for number in range(max(SIZES))]
LEAVES = [leaf_hash(event.canonical()) for event in EVENTS]


async def append(database: Database) -> None:
    for start in range(0, len(EVENTS), 3):  # several events in one transaction too
        async with database.write() as db:
            for event in EVENTS[start : start + 3]:
                await audit.append_event(db, event)


async def stored_nodes(database: Database) -> set[tuple[int, int, bytes]]:
    async with database.read() as db:
        rows = await db.execute(select(LogNodeRow.level, LogNodeRow.index, LogNodeRow.hash))
        return {(level, index, value) for level, index, value in rows}


def grown_nodes() -> set[tuple[int, int, bytes]]:
    return {(node.level, node.index, value) for node, value in tree_of(LEAVES).hashes.items() if node.level}


def test_root_and_proofs_at_every_size_are_those_of_the_whole_log(database_url: str) -> None:
    async def load() -> dict[int, Tree]:
        database = open_database(database_url)
        await append(database)
        async with database.read() as db:
            found = {size: await log_tree.load_tree(db, size, range(size)) for size in SIZES}
        assert await stored_nodes(database) == grown_nodes()
        await database.close()
        return found

    upgrade(database_url)
    for size, tree in asyncio.run(load()).items():
        assert tree.root == root(LEAVES[:size])
        proofs = [inclusion_proof(index, LEAVES[:size]) for index in range(size)]
        assert [tree.inclusion_proof(index) for index in range(size)] == proofs


def test_an_act_that_fails_leaves_no_hash_behind(database_url: str) -> None:
    async def fail_and_append() -> set[tuple[int, int, bytes]]:
        database = open_database(database_url)
        try:
            async with database.write() as db:
                for event in reversed(EVENTS[:8]):
                    await audit.append_event(db, event)
                raise OSError
        except OSError:
            await append(database)
        found = await stored_nodes(database)
        await database.close()
        return found

    upgrade(database_url)
    assert asyncio.run(fail_and_append()) == grown_nodes()


def test_the_events_of_an_older_database_get_their_hashes(database_url: str) -> None:
    async def insert() -> None:
        database = open_database(database_url)
        async with database.write() as db:
            for position, event in enumerate(EVENTS):
                facts = {"at": event.at, "tag": event.tag.value, "declaration": event.declaration}
                facts |= {"actor": event.actor, "entry": event.canonical(), "leaf": LEAVES[position]}
                await db.execute(AuditEventRow.__table__.insert().values(position=position, **facts))
        await database.close()

    async def look() -> set[tuple[int, int, bytes]]:
        database = open_database(database_url)
        found = await stored_nodes(database)
        await database.close()
        return found

    command.upgrade(config_for(database_url), "0003")
    asyncio.run(insert())
    upgrade(database_url)
    assert asyncio.run(look()) == grown_nodes()
