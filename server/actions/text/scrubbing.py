"""Taking a passage out of all kept states: somebody pasted what should never have been there."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.text.checkpoints import in_language, keep_now
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.history_rights import history_rights
from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.domain.text.checkpoints import CheckpointKind, State, is_tombstone, scrubbed, settled, words_of
from server.domain.text.errors import StillInText
from server.storage.text import checkpoints, update_log
from server.storage.text.translations import read_text_id
from server.sync.projection import compact_updates, read_text
from server.sync.room.checks.memory import remember


async def scrub_passage(
    services: Services,
    *,
    actor: Person,
    slug: str,
    checkpoint_id: int,
    block: int,
    proven_at: datetime,
    language: str = "",
) -> int:
    """Puts a tombstone in the place of a block (counted from 0 in the settled text of a kept state) in every
    kept state that holds its words, and has the log forget what was deleted. Returns in how many states.

    Fixed revisions stay as they are. `language`: of a translation, empty for the original. Needs a fresh
    proof. Raises NotFound, NotAllowed, WrongPhase, StillInText, ProofNeeded.
    """

    def may(access: Access) -> bool:
        return history_rights(access, language).scrub

    async with services.deciding_act(actor=actor, slug=slug, may=may, proven_at=proven_at, lock=True) as act:
        text_id = await act.db.run_sync(read_text_id, act.access.declaration, language)
        words = await _words(act.db, text_id, checkpoint_id, block)
        stored = await update_log.load_stored(act.db, text_id)
        present = await asyncio.to_thread(read_text, stored.updates)
        if any(words in words_of(each) for each in present):
            raise StillInText()
        await keep_now(act.db, text_id, CheckpointKind.BEFORE_COMPACTION, act.now)
        count = await _scrub(act.db, text_id, words, act.now)
        text = await asyncio.to_thread(compact_updates, stored.updates)
        memory = await asyncio.to_thread(remember, stored.memory, stored.updates)
        await update_log.drop_waiting(act.db, text_id, text, stored.position, memory)
        act.record(
            Tag.CHECKPOINT_SCRUB, {"checkpoint": checkpoint_id, "states": count} | in_language(language)
        )
        act.rooms_changed()
    return count


async def _words(db: AsyncSession, text_id: int, checkpoint_id: int, number: int) -> str:
    """Raises NotFound."""
    blocks = settled(await checkpoints.load_blocks(db, text_id, checkpoint_id))
    if not 0 <= number < len(blocks) or is_tombstone(blocks[number]):
        raise NotFound(what="block")
    words = " ".join(blocks[number].text.split())
    if not words:
        raise NotFound(what="block")
    return words


async def _scrub(db: AsyncSession, text_id: int, words: str, now: datetime) -> int:
    count = 0
    for head in await checkpoints.list_heads(db, text_id):
        left = scrubbed(await checkpoints.load_blocks(db, text_id, head.id), words)
        if left is not None:
            await checkpoints.rewrite(db, text_id, head.id, State(left, head.position), now)
            count += 1
    return count
