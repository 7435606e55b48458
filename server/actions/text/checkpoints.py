"""Keeping states of the texts by the hour, and bringing words back out of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import Access, can_bring_back
from server.domain.text.checkpoints import CheckpointHead, CheckpointKind, State, to_be_dropped
from server.domain.text.live_text import LiveBlock
from server.storage.engine.database import Database
from server.storage.text import checkpoints, update_log
from server.sync.attestation import Member
from server.sync.bringing_back import passage_update, whole_update
from server.sync.gaps import LoadedLog, load_log
from server.sync.projection import project
from server.sync.states import states_since

EVERY: Final = 600.0
"""Seconds between two looks for an hour that has begun."""
_log: Final = logging.getLogger(__name__)


async def keep_forever(services: Services) -> None:
    """Keeps the texts that have changed once an hour, whichever process looks first."""
    while True:
        try:
            await keep_hourly(services)
        except Exception:  # it must outlive an hour without database
            _log.exception("cannot keep states of the texts")
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
    if kind is CheckpointKind.HOUR and _is_kept(heads, clock()):
        return False
    states = await asyncio.to_thread(states_since, rows, _last(heads), kind)
    async with database.write() as db:
        await checkpoints.lock_declaration(db, text_id)
        heads, now = await checkpoints.list_heads(db, text_id), clock()
        if kind is CheckpointKind.HOUR and _is_kept(heads, now):
            return False
        new = [(why, state) for why, state in states if state.position > _last(heads)]
        await checkpoints.append_states(db, text_id, new, now)
        await checkpoints.drop(db, to_be_dropped(heads, now))
        return bool(new)


def _last(heads: Sequence[CheckpointHead]) -> int:
    """Up to where the log is kept."""
    return max((head.position for head in heads), default=-1)


def _is_kept(heads: Sequence[CheckpointHead], now: datetime) -> bool:
    """Whether this hour has its state."""
    hour = f"{now:%Y%m%d%H}"
    return any(head.kind is CheckpointKind.HOUR and f"{head.made_at:%Y%m%d%H}" == hour for head in heads)


async def bring_back(
    services: Services, *, actor: Person, slug: str, checkpoint_id: int, block: int | None = None
) -> None:
    """Puts a block of a kept state (counted from 0 in the settled text), or all of it, back into the text: a
    change in the actor's name like any other. The text as it stands is kept first.

    Raises NotFound, NotAllowed, WrongPhase, and what `Rooms.write` raises.
    """
    async with services.act(actor=actor, slug=slug, may=can_bring_back, lock=True) as act:
        declaration = act.access.declaration
        earlier = await checkpoints.load_blocks(act.db, declaration.text_id, checkpoint_id)
        loaded = await keep_present(act.db, declaration.text_id, act.now, CheckpointKind.BEFORE_BRINGING_BACK)
        change = await asyncio.to_thread(_change, loaded, earlier, block)
        if change is None:
            act.record_nothing()
        else:
            where: dict[str, object] = {} if block is None else {"block": block + 1}
            act.record(Tag.TEXT_BRING_BACK, {"checkpoint": checkpoint_id, **where})
    if change is not None:
        member = member_of(act.access)
        await services.rooms.write(declaration.text_id, change, member, declaration_id=declaration.id)


def _change(loaded: LoadedLog, earlier: Sequence[LiveBlock], block: int | None) -> bytes | None:
    if block is None:
        return whole_update(loaded.doc, earlier)
    change = passage_update(loaded.doc, earlier, block)
    if change is None:
        raise NotFound(what="block")
    return change


async def keep_present(db: AsyncSession, text_id: int, now: datetime, kind: CheckpointKind) -> LoadedLog:
    """Unless it is kept already. The doc of the present text."""
    stored = await update_log.load_stored(db, text_id)
    loaded = await asyncio.to_thread(load_log, stored.updates)
    heads = await checkpoints.list_heads(db, text_id)
    if all(head.position < stored.position for head in heads):
        state = State(await asyncio.to_thread(project, loaded.doc), stored.position)
        await checkpoints.append_states(db, text_id, [(kind, state)], now)
    return loaded


def member_of(access: Access) -> Member:
    """Whose the words are in the log."""
    town = access.municipality
    if town is None:
        return Member(access.person.id, access.person.name)
    return Member(access.person.id, access.person.name, town.ags, town.name)
