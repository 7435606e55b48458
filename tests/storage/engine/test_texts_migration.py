"""What was written before there were texts belongs to the declaration's original, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from alembic import command
from pycrdt import Doc, Text
from sqlalchemy import Executable, Insert, column, func, select, table, text
from sqlalchemy.exc import IntegrityError

from server.cli.migrate import config_for, upgrade
from server.domain.text.texts import TextKind
from server.domain.text.update_log import LogAppend, Writer
from server.storage.declarations.declarations import load_declaration
from server.storage.engine.database import Database, open_database
from server.storage.release.final_documents import find_final
from server.storage.tables.text import TextRow
from server.storage.text import revisions, texts
from server.storage.text.room_log import open_update_log
from server.sync.projection import load_doc

T = TypeVar("T")
NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)
FIRST, SECOND = 3, 7
"""Ids of declarations, with gaps as where others were deleted."""


def insert(into: str, /, **values: object) -> Insert:
    """Knows nothing of the tables as the code describes them today."""
    return table(into, *map(column, values)).insert().values(values)


def words(*parts: str) -> list[bytes]:
    """One update for each part, typed at the end."""
    doc: Doc[Text] = Doc(client_id=11)
    content = doc.get("text", type=Text)
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    for part in parts:
        content += part
    doc.unobserve(subscription)
    return updates


def declaration(number: int) -> Insert:
    facts = {"title": "Erklärung", "issuer": "Kreis", "phase": "drafting", "created_at": NOON}
    return insert("declarations", id=number, slug=f"e{number}", **facts)


BASE, *LATER = words("Wir handeln ", "gemein", "sam.")
OTHER = words("Etwas anderes.")[0]
FIXED = {"content": b"[]", "fixed_by": 1, "fixed_at": NOON}
OLD: list[Executable] = [
    insert("persons", id=1, email="clara@example.org", name="Clara", handle=b"h" * 32, created_at=NOON),
    declaration(FIRST),
    declaration(SECOND),
    insert("update_bases", declaration_id=FIRST, upto=4, data=BASE),
    insert("updates", id=5, declaration_id=FIRST, data=LATER[0]),
    insert("updates", id=6, declaration_id=SECOND, data=OTHER),
    insert("updates", id=8, declaration_id=FIRST, data=LATER[1]),
    insert("updates", id=90, declaration_id=FIRST, data=b"gone"),
    text("DELETE FROM updates WHERE id = 90"),
    insert("writers", declaration_id=FIRST, client=11, person_id=1, ags="08317096", first_at=NOON),
    insert("writers", declaration_id=SECOND, client=11, person_id=0, first_at=NOON),
    insert("revisions", id=1, declaration_id=FIRST, number=1, digest="d1", **FIXED),
    insert("revisions", id=2, declaration_id=SECOND, number=1, digest="d2", **FIXED),
    insert("revisions", id=4, declaration_id=FIRST, number=2, digest="d4", **FIXED),
    insert(
        "final_documents",
        declaration_id=FIRST,
        revision_id=4,
        short_code="CODE",
        pdf=b"%PDF",
        pdf_digest="p",
        sealed_by=1,
        sealed_at=NOON,
    ),
]
"""Two declarations; in the first one's log a base, rows, and a row that was deleted."""


def with_database(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        database = open_database(url)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


@pytest.fixture
def migrated(database_url: str) -> str:
    async def write(database: Database) -> None:
        async with database.write() as db:
            for statement in OLD:
                await db.execute(statement)
            if not database.is_sqlite:  # whose sequences know nothing of ids that are given by hand
                await db.execute(text("SELECT setval('updates_id_seq', 90), setval('revisions_id_seq', 4)"))

    command.upgrade(config_for(database_url), "0003")
    with_database(database_url, write)
    upgrade(database_url)
    return database_url


def test_text_writers_and_revisions_are_those_of_the_original(migrated: str) -> None:
    with_database(migrated, ensure_as_before)


async def ensure_as_before(database: Database) -> None:
    log = open_update_log(database)
    async with database.read() as db:
        first = (await load_declaration(db, f"e{FIRST}")).text_id
        second = (await load_declaration(db, f"e{SECOND}")).text_id
        made = await db.execute(select(TextRow.id, TextRow.kind).where(TextRow.declaration_id == FIRST))
        assert [tuple(row) for row in made] == [(first, TextKind.ORIGINAL)]
        fixed = await revisions.list_revisions(db, first)
        assert [(found.id, found.number, found.digest) for found in fixed] == [(4, 2, "d4"), (1, 1, "d1")]
        assert [found.id for found in await revisions.list_revisions(db, second)] == [2]
        document = await find_final(db, FIRST)
        assert document is not None
        assert (document.revision_id, document.pdf) == (4, b"%PDF")
    stored = await log.load(first)
    assert str(load_doc(stored.updates).get("text", type=Text)) == "Wir handeln gemeinsam."
    assert (stored.writers, stored.position) == ((Writer(11, 1, "08317096", NOON),), 8)
    other = await log.load(second)
    assert (other.updates, other.writers) == ((OTHER,), (Writer(11, 0, None, NOON),))
    log.close()


def test_ids_of_updates_go_on_behind_the_deleted_ones(migrated: str) -> None:
    """The last row that is left has 8; whoever got 9 would stand below marks that were made at 90."""

    async def append(database: Database) -> int:
        log = open_update_log(database)
        assert await log.append([LogAppend(FIRST, (b"new",))]) == {}
        position = (await log.load(FIRST)).position
        log.close()
        return position

    assert with_database(migrated, append) == 91


def test_new_texts_get_ids_of_their_own_and_a_second_original_is_refused(migrated: str) -> None:
    async def scenario(database: Database) -> None:
        async with database.write() as db:
            branch = await texts.append_text(db, FIRST, NOON, kind=TextKind.BRANCH, parent_id=FIRST)
        assert branch.id == SECOND + 1
        with pytest.raises(IntegrityError):
            async with database.write() as db:
                await texts.append_text(db, FIRST, NOON)

    with_database(migrated, scenario)


def rows_of(text_id: int, mark: bytes) -> list[Insert]:
    """One in each table that hangs on a text."""
    return [
        insert("updates", text_id=text_id, data=mark),
        insert("update_bases", text_id=text_id, upto=1, data=mark),
        insert("writers", text_id=text_id, client=11, person_id=1, first_at=NOON),
        insert("revisions", text_id=text_id, number=1, digest="", **FIXED),
    ]


def test_the_way_back_leaves_originals_as_they_are_and_drops_what_is_derived(migrated: str) -> None:
    """Ids of texts and declarations overlap: 8 is a branch, 9 belongs to declaration 8, and 10 to 9."""

    async def go_on(database: Database) -> None:
        async with database.write() as db:
            branch = await texts.append_text(db, FIRST, NOON, kind=TextKind.BRANCH, parent_id=FIRST)
            added = rows_of(branch.id, b"unseen")
            for number in (8, 9):
                await db.execute(declaration(number))
                original = await texts.append_text(db, number, NOON)
                assert original.id == number + 1
                added += rows_of(original.id, b"%d" % number)
            for statement in added:
                await db.execute(statement)

    async def look(database: Database) -> None:
        async with database.read() as db:
            for name in ("updates", "update_bases", "writers", "revisions"):
                found = table(name, column("declaration_id"))
                new = select(func.count()).where(found.c.declaration_id.in_([8, 9]))
                assert await db.scalar(new) == 2, name
            updates = table("updates", column("id"), column("declaration_id"), column("data"))
            query = select(updates.c.declaration_id, updates.c.data).order_by(updates.c.id)
            before = [(FIRST, LATER[0]), (SECOND, OTHER), (FIRST, LATER[1])]
            assert [tuple(row) for row in await db.execute(query)] == [*before, (8, b"8"), (9, b"9")]

    with_database(migrated, go_on)
    command.downgrade(config_for(migrated), "0003")
    with_database(migrated, look)
    upgrade(migrated)
    with_database(migrated, ensure_as_before)
