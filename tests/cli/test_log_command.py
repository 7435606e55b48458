"""`log verify` proves the log from its first entry, and names the first position that does not hold."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from server.actions.record.proving import Proof, prove_log
from server.cli.main import main
from server.domain.audit import AuditEvent, Tag
from server.domain.merkle import leaf_hash
from server.storage.record import audit
from tests.world import SLUG, World


@pytest.fixture
def sealed(world: World) -> World:
    world.freeze()
    world.sign_with_passkey("doris")
    world.sign_with_passkey("gustav")
    world.seal()
    return world


def prove(world: World) -> Proof:
    return world.run(prove_log(world.services))


def change(world: World, statement: str, **values: object) -> None:
    async def work() -> None:
        async with world.services.database.write() as db:
            done = await db.execute(text(statement), values)
            assert done.rowcount  # type: ignore[attr-defined]  # of a change

    world.run(work())


def fill(world: World, count: int) -> None:
    async def append() -> None:
        async with world.services.database.write() as db:
            for number in range(count):
                event = AuditEvent(world.time, Tag.TEXT_REOPEN, 0, SLUG, {"number": number})
                await audit.append_event(db, event)

    world.run(append())


def entry_at(world: World, position: int) -> bytes:
    async def load() -> bytes:
        async with world.services.database.read() as db:
            query = text("SELECT entry FROM audit_events WHERE position = :at")
            return bytes((await db.execute(query, {"at": position})).scalar_one())

    return world.run(load())


def test_a_log_as_it_was_written_holds_and_the_sealed_document_agrees(sealed: World) -> None:
    proof = prove(sealed)
    assert proof.difference is None
    assert proof.heads == 1
    assert len(proof.root) == 64


def test_an_empty_log_holds(world: World) -> None:
    for table in ("audit_events", "log_nodes"):
        change(world, f"DELETE FROM {table}")  # names of ours
    assert prove(world).difference is None


@pytest.mark.parametrize("position", [0, 3, 999, 1000, 1022])
def test_a_changed_entry_is_named_in_a_log_of_several_stretches(world: World, position: int) -> None:
    fill(world, 1024 - prove(world).size)
    changed = entry_at(world, position).replace(b"2026", b"2025")
    change(world, "UPDATE audit_events SET entry = :entry WHERE position = :at", entry=changed, at=position)
    difference = prove(world).difference
    assert difference is not None
    assert difference.position == position


def test_a_changed_leaf_node_column_or_gap_is_named(world: World) -> None:
    fill(world, 20)
    changed = entry_at(world, 6).replace(b"2026", b"2025")
    for statement, values, position in (
        ("UPDATE audit_events SET actor = 99 WHERE position = 5", {}, 5),
        ('UPDATE log_nodes SET hash = :hash WHERE level = 2 AND "index" = 1', {"hash": b"0" * 32}, 7),
        (
            "UPDATE audit_events SET entry = :entry, leaf = :leaf WHERE position = 6",
            {"entry": changed, "leaf": leaf_hash(changed)},
            6,
        ),
        ("DELETE FROM audit_events WHERE position = 4", {}, 4),
    ):
        change(world, statement, **values)
        difference = prove(world).difference
        assert difference is not None, statement
        assert difference.position <= position, (statement, difference)


def test_entries_cut_off_at_the_end_are_missed(sealed: World) -> None:
    size = prove(sealed).size
    change(sealed, "DELETE FROM audit_events WHERE position >= :at", at=size - 3)
    change(sealed, 'DELETE FROM log_nodes WHERE (("index" + 1) << level) > :size', size=size - 3)
    difference = prove(sealed).difference
    assert difference is not None
    assert difference.position == size - 3
    assert "some are gone" in difference.what


def test_a_log_written_anew_as_a_whole_is_told_by_the_sealed_document(sealed: World) -> None:
    """Entries, leaves and nodes fit together again; what the document discloses does not."""

    async def rewrite() -> int:
        async with sealed.services.database.write() as db:
            rows = (await db.execute(text("SELECT entry FROM audit_events ORDER BY position"))).all()
            events = [json.loads(bytes(row.entry)) for row in rows]
            at = next(i for i, event in enumerate(events) if event["tag"] == Tag.SIGN_OFF_GIVE)
            events[at]["facts"]["answer"] = "declines"
            await db.execute(text("DELETE FROM audit_events"))
            await db.execute(text("DELETE FROM log_nodes"))
            for e in events:
                when = sealed.time.fromisoformat(e["at"].replace("Z", "+00:00"))
                event = AuditEvent(when, Tag(e["tag"]), e["actor"], e["declaration"], e["facts"])
                await audit.append_event(db, event)
            return at

    at = sealed.run(rewrite())
    difference = prove(sealed).difference
    assert difference is not None
    assert difference.position == at
    assert "has another head" in difference.what


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A world on disk whose command line can be called."""
    world = World(tmp_path)
    world.freeze()
    world.close()
    monkeypatch.setenv("KRAFTAKT_DATA", str(tmp_path))
    monkeypatch.delenv("KRAFTAKT_DATABASE", raising=False)
    yield tmp_path
    asyncio.set_event_loop(None)


def test_the_command_answers_in_words_and_exit_codes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "verify"]) == 0
    assert "The log holds" in capsys.readouterr().out
    with sqlite3.connect(folder / "kraftakt.db") as db:
        db.execute("UPDATE audit_events SET tag = 'declaration:text:reopen' WHERE position = 2")
    assert main(["log", "verify"]) == 1
    assert "First difference at position 2" in capsys.readouterr().out


def test_what_is_exported_makes_the_same_leaves(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "log.jsonl"
    assert main(["log", "export", "--out", str(out)]) == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["position"] for line in lines] == list(range(len(lines)))
    assert all(leaf_hash(line["entry"].encode()).hex() == line["leaf"] for line in lines)
    capsys.readouterr()
    assert main(["log", "export", "nowhere"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["log", "export", "--out", str(folder / "no" / "where")]) == 1
