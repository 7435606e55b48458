"""Keeping states of the texts: by the hour, before something big, and under a name."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.history_rights import history_rights
from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.domain.text.checkpoints import CheckpointHead, CheckpointKind, to_be_dropped
from server.domain.text.errors import AlreadyNamed
from server.storage.engine.database import Database
from server.storage.text import checkpoints, update_log
from server.storage.text.translations import read_text_id
from server.sync.states import Row, states_since, who_wrote_since

EVERY: Final = 600.0
"""Seconds between two looks for an hour that has begun."""
_log: Final = logging.getLogger(__name__)


async def keep_forever(services: Services) -> None:
    """Keeps the texts that have changed once an hour, whichever process looks first."""
    while True:
        try:
            await keep_hourly(services)
        except Exception as error:  # it must outlive an hour without database
            _log.error("cannot keep states of the texts (%s); it is tried again", type(error).__name__)
        await asyncio.sleep(EVERY)


async def keep_hourly(services: Services) -> int:
    """How many texts were kept: those that changed and were not kept in this hour."""
    async with services.database.read() as db:
        grown = await checkpoints.list_grown(db)
    kept = 0
    for text_id in grown:
        kept += await _keep(services.database, services.now, text_id, CheckpointKind.HOUR)
    return kept


async def keep_before_compaction(database: Database, clock: Callable[[], datetime], text_id: int) -> None:
    """The log forgets what was deleted: what stood there is kept first."""
    await _keep(database, clock, text_id, CheckpointKind.BEFORE_COMPACTION)


async def _keep(
    database: Database, clock: Callable[[], datetime], text_id: int, kind: CheckpointKind
) -> bool:
    """The states are made outside of the transaction, which writers would wait for."""
    async with database.read() as db:
        heads, rows = await checkpoints.list_heads(db, text_id), await update_log.load_rows(db, text_id)
        writers = await update_log.load_writers(db, text_id)
    if kind is CheckpointKind.HOUR and _is_kept(heads, clock()):
        return False
    last = _last(heads)
    states = await asyncio.to_thread(states_since, rows, last, kind)
    took_part = await asyncio.to_thread(who_wrote_since, rows, last, writers)
    async with database.write() as db:
        await checkpoints.lock_declaration(db, text_id)
        heads, now = await checkpoints.list_heads(db, text_id), clock()
        if kind is CheckpointKind.HOUR and _is_kept(heads, now):
            return False
        new = [(why, state) for why, state in states if state.position > _last(heads)]
        await checkpoints.append_states(db, text_id, new, now, took_part)
        await checkpoints.drop(db, to_be_dropped(heads, now))
        return bool(new)


def _last(heads: Sequence[CheckpointHead]) -> int:
    """Up to where the log is kept."""
    return max((head.position for head in heads), default=-1)


def _is_kept(heads: Sequence[CheckpointHead], now: datetime) -> bool:
    """Whether this hour has its state."""
    hour = f"{now:%Y%m%d%H}"
    return any(head.kind is CheckpointKind.HOUR and f"{head.made_at:%Y%m%d%H}" == hour for head in heads)


async def keep_now(
    db: AsyncSession, text_id: int, kind: CheckpointKind, now: datetime
) -> CheckpointHead | None:
    """The state that is current, kept now unless it is kept already; None of a text without a word. Inside a
    transaction that holds the declaration's lock: what comes next in it finds the text as it was kept."""
    heads, rows = await checkpoints.list_heads(db, text_id), await update_log.load_rows(db, text_id)
    last = _last(heads)
    states = await asyncio.to_thread(states_since, rows, last, kind)
    if states:
        took_part = await _who_wrote_since(db, text_id, rows, last)
        await checkpoints.append_states(db, text_id, states, now, took_part)
        heads = await checkpoints.list_heads(db, text_id)
    return max(heads, key=lambda head: head.position, default=None)


async def _who_wrote_since(
    db: AsyncSession, text_id: int, rows: Sequence[Row], position: int
) -> frozenset[str]:
    writers = await update_log.load_writers(db, text_id)
    return await asyncio.to_thread(who_wrote_since, rows, position, writers)


async def keep_under_name(
    services: Services, *, actor: Person, slug: str, name: str, language: str = ""
) -> None:
    """Raises AlreadyNamed where nothing has changed since the last named state; NotFound, NotAllowed,
    WrongPhase. `language`: of a translation, empty for the original."""

    def may(access: Access) -> bool:
        return history_rights(access, language).keep

    async with services.act(actor=actor, slug=slug, may=may, lock=True) as act:
        text_id = await act.db.run_sync(read_text_id, act.access.declaration, language)
        head = await keep_now(act.db, text_id, CheckpointKind.NAMED, act.now)
        if head is None:
            raise AlreadyNamed(name="")
        if head.name:
            raise AlreadyNamed(name=head.name)
        await checkpoints.name_state(act.db, head.id, name, act.now)
        act.record(Tag.CHECKPOINT_NAME, {"checkpoint": head.id} | in_language(language))


def in_language(language: str) -> dict[str, object]:
    """Which text a record is about: nothing is said of the original."""
    return {"language": language} if language else {}
