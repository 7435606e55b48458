"""A section is agreed or open, and somebody looks after it."""

from __future__ import annotations

import asyncio

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidInput, NotAllowed, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_edit_text, can_moderate
from server.domain.text.sections.sections import Section, may_agree
from server.storage.text import sections, update_log
from server.storage.text.comments.naming import read_towns
from server.sync.sections import read_sections
from server.sync.wire.notices import Topic


async def agree_section(services: Services, *, actor: Person, slug: str, key: str, agreed: bool) -> None:
    """Its words as they stand are agreed, or it is open again.

    Raises NotFound where no heading has the key, NotAllowed for who does not look after it, WrongPhase.
    """
    async with services.act(actor=actor, slug=slug, may=can_edit_text, lock=True) as act:
        text_id = act.access.declaration.text_id
        section = await _section(act, key)
        state = (await sections.load_states(act.db, text_id)).get(key)
        if not may_agree(act.access, state.ags if state else None):
            raise NotAllowed()
        digest, at = (section.digest, act.now) if agreed else ("", None)
        await sections.save_agreed(act.db, text_id, key, digest, actor.id, at)
        tag = Tag.SECTION_AGREE if agreed else Tag.SECTION_OPEN
        act.record(tag, {"section": key} | ({"sha256": digest} if agreed else {}))
    services.rooms.notify(act.access.declaration.id, Topic.SECTIONS, key)


async def assign_section(services: Services, *, actor: Person, slug: str, key: str, ags: str) -> None:
    """`ags`: of a municipality that takes part; empty for none.

    Raises NotFound where no heading has the key, InvalidInput, NotAllowed, WrongPhase.
    """
    async with services.act(actor=actor, slug=slug, may=can_moderate, lock=True) as act:
        declaration = act.access.declaration
        await _section(act, key)
        towns = await (await act.db.connection()).run_sync(read_towns, declaration.id)
        if ags and ags not in dict(towns):
            raise InvalidInput(field="ags")
        await sections.save_assigned(act.db, declaration.text_id, key, ags or None)
        act.record(Tag.SECTION_ASSIGN, {"section": key, "ags": ags})
    services.rooms.notify(declaration.id, Topic.SECTIONS, key)


async def _section(act: DeclarationAct, key: str) -> Section:
    """Raises NotFound."""
    updates = await update_log.load_updates(act.db, act.access.declaration.text_id)
    for section in await asyncio.to_thread(read_sections, updates):
        if section.key == key:
            return section
    raise NotFound(what="section")
