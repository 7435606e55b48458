"""Who waits for a declaration's row decides at the moment when it is theirs, not when they asked for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from server.actions.declarations.ending import withdraw_declaration
from server.domain.declarations import Phase
from server.domain.errors import WrongPhase
from server.storage.declarations.declarations import load_declaration
from server.storage.tables.declarations import DeclarationRow
from tests.waiting import HANG
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.world import SLUG, World

_WAITING = text(
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
)


def test_a_withdrawal_that_had_to_wait_beyond_the_hour_is_refused(on_postgres: World) -> None:
    world = on_postgres
    world.freeze()
    for name in ("doris", "gustav"):
        world.sign_with_passkey(name)
    set_hour(world, HOUR)
    world.seal()
    world.time = HOUR - timedelta(seconds=1)
    clara, database = world.person("clara"), world.services.database

    async def is_waiting() -> bool:
        async with database.read() as db:
            return bool(await db.scalar(_WAITING))

    async def scenario() -> None:
        async with database.write() as db:
            await db.execute(select(DeclarationRow.id).with_for_update())
            withdrawing = asyncio.create_task(
                withdraw_declaration(
                    world.services, actor=clara, slug=SLUG, proven_at=world.time, reason="Zu früh."
                )
            )
            async with asyncio.timeout(HANG):
                while not await is_waiting():  # noqa: ASYNC110  # another session's lock has no event
                    await asyncio.sleep(0.01)
            world.time = HOUR
        with pytest.raises(WrongPhase):
            await withdrawing

    world.run(scenario())
    assert world.read(load_declaration, SLUG).phase is Phase.SEALED, "it is public, and stays so"
