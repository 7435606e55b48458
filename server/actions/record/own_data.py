"""A person's own data, to take along (Art. 15 and 20 GDPR)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.people.persons import Person
from server.domain.people.sessions import ensure_fresh
from server.domain.text.branches.branches import prefix_of
from server.storage.record import own_data
from server.storage.record.own_data import Section
from server.storage.text import branches, update_log
from server.sync.branches import proposal_words, read_branch_text


@dataclass(frozen=True, slots=True)
class OwnData:
    """`written`: with how many editors the person wrote in the texts."""

    at: datetime
    sections: list[Section]
    written: int


async def export_own_data(services: Services, *, actor: Person, proven_at: datetime) -> OwnData:
    """Raises ProofNeeded."""
    async with services.account_act(actor) as act:
        ensure_fresh(proven_at, act.now)
        sections = await own_data.load_own_data(act.db, actor.id)
        sections += await _drafts(act.db, actor)
        written = await own_data.count_written(act.db, actor.id)
        act.record(Tag.DATA_EXPORT, {"sections": len(sections)})
    return OwnData(act.now, sections, written)


async def _drafts(db: AsyncSession, actor: Person) -> list[Section]:
    """What the person proposes in drafts that only they see: it stands in no other table as words."""
    rows: list[dict[str, object]] = []
    for branch, original_id in await branches.list_own_private(db, actor.id):
        original = await update_log.load_updates(db, original_id)
        own = await update_log.load_updates(db, branch)
        blocks = await asyncio.to_thread(read_branch_text, original, own)
        words = proposal_words(blocks, prefix_of(branch))
        rows += [{"branch": branch, "proposal": key, **said} for key, said in words.items()]
    return [Section("branch_proposals", rows, len(rows))] if rows else []
