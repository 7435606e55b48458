"""Sharing a branch: its proposals come into the original in one act, each in the name of who wrote it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from hashlib import sha256

from server.actions.services import Services
from server.actions.text.branches.preparing import own_branch
from server.actions.text.branches.telling import tell_put_off
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_moderate, can_suggest
from server.domain.text.branches.branches import (
    MOST_PROPOSALS,
    BranchState,
    may_put_off,
    may_share,
    prefix_of,
)
from server.domain.text.branches.errors import NothingToShare, TooManyProposals
from server.domain.text.update_log import LogAppend
from server.storage.text import branches, update_log
from server.sync.branches import shared_part
from server.sync.wire.notices import Topic


async def share_branch(services: Services, *, actor: Person, slug: str, branch_id: int, note: str) -> int:
    """Returns how many proposals. What the branch was made of is deleted: its text is the original's now.

    Raises NotFound for whose it is not and for what is not private any more, WrongPhase, NothingToShare,
    TooManyProposals, BranchTangled.
    """
    async with services.act(actor=actor, slug=slug, may=can_suggest, lock=True) as act:
        branch, original_id = await own_branch(act, branch_id), act.access.declaration.text_id
        if not may_share(act.access, branch):
            raise NotFound(what="branch")
        original = await update_log.load_updates(act.db, original_id)
        own = await update_log.load_stored(act.db, branch_id)
        clients = [writer.client for writer in own.writers]
        part = await asyncio.to_thread(shared_part, original, own.updates, clients, prefix_of(branch_id))
        if not part.proposals:
            raise NothingToShare()
        if len(part.proposals) > MOST_PROPOSALS:
            raise TooManyProposals(most=MOST_PROPOSALS, count=len(part.proposals))
        append = LogAppend(original_id, (part.update,), own.writers)
        await update_log.append_in_act(act.db, append)
        await branches.mark_shared(act.db, branch_id, note, part.proposals, actor.id, act.now)
        digest = sha256(part.update).hexdigest()
        act.record(
            Tag.BRANCH_SHARE, {"branch": branch_id, "proposals": len(part.proposals), "sha256": digest}
        )
        act.text_grew(append)
        act.rooms_changed()
    services.rooms.notify(act.access.declaration.id, Topic.BATCHES, branch_id)
    return len(part.proposals)


async def put_off_batch(services: Services, *, actor: Person, slug: str, branch_id: int, off: bool) -> None:
    """What is left of a batch waits for the next round (`off`), or comes back. Repeating it does nothing.

    Raises NotFound, NotAllowed, WrongPhase.
    """
    async with services.act(actor=actor, slug=slug, may=can_moderate, lock=True) as act:
        batch = await branches.load_branch(act.db, act.access.declaration.id, branch_id)
        if not may_put_off(act.access, batch):
            raise NotFound(what="branch")
        state = BranchState.KEPT if off else BranchState.SHARED
        if batch.state is state:
            act.record_nothing()
        else:
            await branches.mark_put_off(act.db, branch_id, state, actor.id, act.now)
            if off:
                await tell_put_off(act, replace(batch, state=state))
            act.record(Tag.BATCH_PUT_OFF if off else Tag.BATCH_TAKE_UP, {"branch": branch_id})
    services.rooms.notify(act.access.declaration.id, Topic.BATCHES, branch_id)
