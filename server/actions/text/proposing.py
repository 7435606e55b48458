"""Changing the text, or proposing to, as somebody in the editor would."""

from __future__ import annotations

import asyncio

from server.actions.services import Services
from server.domain.errors import InvalidInput
from server.domain.people.persons import Person
from server.domain.permissions import can_edit_text, can_suggest
from server.storage.text import update_log
from server.sync.attestation import Member
from server.sync.proposals import proposal_update, replacement_update


async def propose_change(services: Services, *, actor: Person, slug: str, passage: str, words: str) -> None:
    """`words` in place of the first `passage`. It goes through the room, which must have been started, and
    like all that is written there it is no act for the log.

    Raises InvalidInput where the passage does not stand in the text; NotAllowed, WrongPhase, and what
    `Rooms.write` raises.
    """
    async with services.act(actor=actor, slug=slug, may=can_suggest) as act:
        declaration, town = act.access.declaration, act.access.municipality
        member = Member(actor.id, actor.name, town.ags if town else None, town.name if town else "")
        updates = await update_log.load_updates(act.db, declaration.text_id)
        change = await asyncio.to_thread(proposal_update, updates, member, passage, words, act.now)
        act.record_nothing()
    if change is None:
        raise InvalidInput(field="passage")
    await services.rooms.write(declaration.text_id, change, member, declaration_id=declaration.id)


async def change_words(services: Services, *, actor: Person, slug: str, passage: str, words: str) -> None:
    """The same at once, for who may edit. Raises as `propose_change` does."""
    async with services.act(actor=actor, slug=slug, may=can_edit_text) as act:
        declaration, town = act.access.declaration, act.access.municipality
        member = Member(actor.id, actor.name, town.ags if town else None, town.name if town else "")
        updates = await update_log.load_updates(act.db, declaration.text_id)
        change = await asyncio.to_thread(replacement_update, updates, passage, words)
        act.record_nothing()
    if change is None:
        raise InvalidInput(field="passage")
    await services.rooms.write(declaration.text_id, change, member, declaration_id=declaration.id)
