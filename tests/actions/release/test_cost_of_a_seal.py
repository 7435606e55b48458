"""What a seal reads of the log does not grow with what happens elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from server.actions.release.sealing import seal_declaration
from server.domain.audit import AuditEvent, Tag
from server.dossier.check.document import verify_document
from server.storage.record import audit
from tests.world import SLUG, World

Statement = tuple[str, tuple[Any, ...]]
ELSEWHERE = 700


@contextmanager
def statements_about_the_log(world: World) -> Iterator[list[Statement]]:
    """Every SELECT on the log's tables with its parameters."""
    found: list[Statement] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and ("audit_events" in statement or "log_nodes" in statement):
            found.append((statement, tuple(parameters)))

    engine = world.services.database.engine.sync_engine
    event.listen(engine, "after_cursor_execute", note)
    yield found
    event.remove(engine, "after_cursor_execute", note)


def act_elsewhere(world: World) -> None:
    """Texts, passkeys and logins of people who have nothing to do with this declaration."""

    async def append() -> None:
        async with world.services.database.write() as db:
            for i in range(ELSEWHERE):
                tag = (Tag.TEXT_FREEZE, Tag.PASSKEY_REGISTER, Tag.SIGN_OFF_GIVE)[i % 3]
                facts = {"sha256": f"{i:064x}"}
                await audit.append_event(db, AuditEvent(world.time, tag, 1000 + i, f"other-{i % 7}", facts))

    world.run(append())


def sealed_reading(folder: Path, *, busy: bool) -> tuple[int, int, list[str]]:
    """Rows of events and of hashes that a seal reads, and the query plans by which it finds them."""
    folder.mkdir()
    world = World(folder)
    world.freeze()
    if busy:
        act_elsewhere(world)
    world.sign_with_passkey("doris")
    world.sign_with_passkey("gustav")
    if busy:
        act_elsewhere(world)
    clara = world.person("clara")
    with statements_about_the_log(world) as statements:
        document = world.run(
            seal_declaration(world.services, actor=clara, slug=SLUG, proven_at=world.services.now())
        )
    assert verify_document(document.pdf).holds
    connection = sqlite3.connect(folder / "kraftakt.db")
    entries = sum(rows(connection, s) for s in statements if ".entry" in s[0])
    hashes = sum(rows(connection, s) for s in statements if ".entry" not in s[0])
    plans = [
        str(row[3])
        for s in statements
        if " LIMIT " not in s[0]
        for row in connection.execute(f"EXPLAIN QUERY PLAN {s[0]}", s[1])
    ]
    connection.close()
    world.close()
    return entries, hashes, plans


def rows(connection: sqlite3.Connection, statement: Statement) -> int:
    text, parameters = statement
    return len(connection.execute(text, parameters).fetchall())


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int, list[str]]:
    return sealed_reading(tmp_path_factory.mktemp("log") / "quiet", busy=False)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int, list[str]]:
    return sealed_reading(tmp_path_factory.mktemp("log") / "busy", busy=True)


def test_no_event_of_others_is_read(
    quiet: tuple[int, int, list[str]], busy: tuple[int, int, list[str]]
) -> None:
    assert quiet[0] == busy[0]


def test_hashes_are_read_by_the_height_of_the_tree(busy: tuple[int, int, list[str]]) -> None:
    shown, height = 5, (2 * ELSEWHERE).bit_length()
    assert 0 < busy[1] <= (shown + 1) * height


def test_all_of_it_is_found_by_an_index(busy: tuple[int, int, list[str]]) -> None:
    assert [plan for plan in busy[2] if plan.startswith("SCAN")] == []
