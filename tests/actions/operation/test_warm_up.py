"""Who comes first after a restart finds everything made: it was asked before."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from server.actions.operation.warm_up import warm_up
from server.domain.permissions import can_see
from server.storage.declarations.access import read_access
from server.storage.engine.database import open_database
from server.storage.engine.types import Reader
from server.storage.people.sessions import find_session
from tests.world import SLUG, World


@contextmanager
def listening() -> Iterator[set[str]]:
    """The statements that any database is asked meanwhile."""
    heard: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.add(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield heard
    event.remove(Engine, "before_cursor_execute", note)


def test_all_that_the_first_one_asks_was_asked_before(world: World) -> None:
    anna, declaration = (
        world.person("anna"),
        world.ask(read_access, world.person("clara"), SLUG, can_see, world.time),
    )

    def come_in(db: Reader) -> None:
        find_session(db, "token", world.time)
        read_access(db, anna, SLUG, can_see, world.time)

    with listening() as warmed_up:
        world.run(warm_up(world.services))
    with listening() as asked:
        world.ask(come_in)
        world.run(world.services.update_log.load(declaration.declaration.text_id))
    assert len(asked) > 5
    assert asked <= warmed_up


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("sqlite+aiosqlite:///{folder}/leer.db", "OperationalError"),
        ("postgresql+asyncpg://niemand@127.0.0.1:9/keine", "ConnectionRefusedError"),  # the discard port
    ],
)
def test_a_database_that_does_not_answer_is_reported_and_no_reason_to_stop(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, url: str, error: str
) -> None:
    absent = open_database(url.format(folder=tmp_path))
    with caplog.at_level(logging.WARNING):
        world.run(warm_up(replace(world.services, database=absent)))
    world.run(absent.close())
    assert f"the database does not answer at the start: {error}" in caplog.text
