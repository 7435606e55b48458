"""Creating a declaration in the browser: from the starter text, from an earlier one's, or empty."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import Act
from server.actions.declarations.start import Start, begin_declaration
from server.actions.declarations.starter import starter_blocks
from server.actions.services import Services
from server.documents.printable import ensure_printable_text
from server.domain.audit import Tag
from server.domain.declarations import Declaration
from server.domain.errors import NotAllowed
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import can_copy_text
from server.domain.person_rights import may_create_declarations
from server.domain.terms.slugs import make_slug
from server.domain.text.content import Block, Run
from server.domain.text.live_text import settled_blocks
from server.storage.declarations import declarations, seeding, settings
from server.storage.declarations.access import access_declaration
from server.storage.text import revisions, update_log
from server.sync.projection import read_text


@dataclass(frozen=True, slots=True)
class StarterText:
    """The one that the service brings along."""


@dataclass(frozen=True, slots=True)
class EarlierText:
    """That of a declaration which the person coordinates, by its slug: as it was fixed last, or as it is."""

    slug: str


@dataclass(frozen=True, slots=True)
class EmptyText:
    """Nothing but the title."""


Origin = StarterText | EarlierText | EmptyText


@dataclass(frozen=True, slots=True)
class NewDeclaration:
    title: str
    issuer: str
    deadline: datetime | None
    embargo: datetime | None
    origin: Origin


async def create_declaration(services: Services, *, actor: Person, new: NewDeclaration) -> str:
    """Returns its slug. The creator coordinates it; all municipalities of the register are asked, until the
    coordination chooses.

    Raises NotAllowed; NotFound for an earlier declaration that is not one's own; UnprintableText.
    """
    if not may_create_declarations(actor):
        raise NotAllowed()
    await asyncio.to_thread(_ensure_printable, new)
    async with services.account_act(actor) as act:
        blocks = await _first_blocks(act.db, actor, new.origin, act.now)
        declaration = await _begin(act, new, with_title(blocks, new.title))
        await seeding.add_participant(
            act.db, declaration_id=declaration.id, person_id=actor.id, role=Role.COORDINATOR
        )
        await seeding.add_municipalities(act.db)
        register = await act.db.run_sync(settings.read_register)
        await settings.set_asked(act.db, declaration.id, {town.ags for town in register})
        act.slug = declaration.slug
        act.record(Tag.DECLARATION_CREATE)
    return declaration.slug


async def _begin(act: Act, new: NewDeclaration, blocks: Sequence[Block]) -> Declaration:
    stem = make_slug(new.title, ())
    slug = make_slug(new.title, await declarations.list_slugs(act.db, stem))
    return await begin_declaration(act, Start(slug, new.title, new.issuer, new.deadline, new.embargo, blocks))


async def _first_blocks(db: AsyncSession, actor: Person, origin: Origin, now: datetime) -> Sequence[Block]:
    match origin:
        case StarterText():
            return starter_blocks()
        case EmptyText():
            return ()
        case EarlierText(slug):
            access = await access_declaration(db, actor, slug, can_copy_text, now)
            return await _latest_blocks(db, access.declaration.text_id)


async def _latest_blocks(db: AsyncSession, text_id: int) -> Sequence[Block]:
    revision = await revisions.find_current(db, text_id)
    if revision is not None:
        return revision.text.blocks
    updates = await update_log.load_updates(db, text_id)
    return settled_blocks(await asyncio.to_thread(read_text, updates))


def with_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """Its first block is the title, in place of another one's."""
    has_title = bool(blocks) and (blocks[0].kind, blocks[0].level) == ("heading", 1)
    rest = list(blocks[1:] if has_title else blocks)
    return [Block("heading", 1, (Run(title),)), *(rest or [Block("paragraph", 0, ())])]


def _ensure_printable(new: NewDeclaration) -> None:
    for text in (new.title, new.issuer):
        ensure_printable_text(text, new.title)
